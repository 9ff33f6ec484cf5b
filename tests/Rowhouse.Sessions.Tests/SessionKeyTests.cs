namespace Rowhouse.Sessions.Tests;

public sealed class SessionKeyTests
{
    [Fact]
    public void A_key_does_not_tell_the_id_and_is_read_as_it_is_printed()
    {
        var key = SessionKey.Of("abc");

        // The SHA-256 of "abc" in FIPS 180-4.
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", key.ToString());
        Assert.True(SessionKey.TryParse(key.ToString(), out var read));
        Assert.Equal(key, read);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ba7816bf")]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("../../etc/passwd8f01cfea414140de5dae2223b00361a396177a9cb410ff61f")]
    public void What_is_no_key_is_not_read(string? text) => Assert.False(SessionKey.TryParse(text, out _));
}
