using System.Net.Sockets;
using System.Runtime.Versioning;

namespace Rowhouse.Hosting.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class UnixListenerTests
{
    private const UnixFileMode OwnerAndGroup = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_socket_serves_has_its_mode_and_is_removed_at_stop()
    {
        using var root = new ConfigRoot();
        var path = root.PathOf("r.sock");
        await using (await ListeningServer.StartAsync(root, "unix:r.sock", $"unix:{root.PathOf("g.sock")}?mode=660&group=0"))
        {
            Assert.Equal(ListenerUri.DefaultMode, File.GetUnixFileMode(path));
            Assert.Equal(OwnerAndGroup, File.GetUnixFileMode(root.PathOf("g.sock")));
            using var client = ListeningServer.ConnectTo(path);
            Assert.Equal("HTTP/1.1", await client.GetStringAsync(new Uri("http://any/"), Token));
        }

        Assert.False(File.Exists(path));
        Assert.False(File.Exists(root.PathOf("g.sock")));
    }

    [Fact]
    public async Task A_socket_that_a_killed_process_left_behind_is_replaced()
    {
        using var root = new ConfigRoot();
        var path = root.PathOf("r.sock");
        LeaveStaleSocket(path);
        await using var server = await ListeningServer.StartAsync(root, "unix:r.sock");
        using var client = ListeningServer.ConnectTo(path);
        Assert.Equal("HTTP/1.1", await client.GetStringAsync(new Uri("http://any/"), Token));
    }

    [Fact]
    public async Task A_socket_in_use_is_left_alone()
    {
        using var root = new ConfigRoot();
        await using var first = await ListeningServer.StartAsync(root, "unix:r.sock");
        Assert.Equal("RH1414", (await ListeningServer.FailAsync(root, "unix:r.sock")).Code);
        using var client = ListeningServer.ConnectTo(root.PathOf("r.sock"));
        Assert.Equal("HTTP/1.1", await client.GetStringAsync(new Uri("http://any/"), Token));
    }

    [Fact]
    public async Task A_file_or_folder_in_its_place_is_left_alone()
    {
        using var root = new ConfigRoot();
        File.WriteAllText(root.PathOf("r.sock"), "precious");
        File.CreateSymbolicLink(root.PathOf("link.sock"), root.PathOf("r.sock"));
        Assert.Equal("RH1415", (await ListeningServer.FailAsync(root, "unix:r.sock")).Code);
        Assert.Equal("RH1415", (await ListeningServer.FailAsync(root, "unix:applications")).Code);
        Assert.Equal("RH1415", (await ListeningServer.FailAsync(root, "unix:link.sock")).Code);
        Assert.Equal("precious", File.ReadAllText(root.PathOf("r.sock")));
    }

    [Fact]
    public async Task What_hinders_a_socket_is_said()
    {
        using var root = new ConfigRoot();
        var noFolder = await ListeningServer.FailAsync(root, "unix:none/r.sock");
        Assert.Equal("RH1416", noFolder.Code);
        Assert.Contains("does not exist", noFolder.Message, StringComparison.Ordinal);

        var noGroup = await ListeningServer.FailAsync(root, "unix:r.sock?group=no-such-group");
        Assert.Equal("RH1416", noGroup.Code);
        Assert.Contains("no group 'no-such-group'", noGroup.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(root.PathOf("r.sock")));

        // The path fits, but not behind the root's own.
        Assert.Equal("RH1408", (await ListeningServer.FailAsync(root, "unix:" + new string('a', 107))).Code);
    }

    [Fact]
    public void A_group_is_found_by_name_and_by_number()
    {
        Assert.Equal(0u, UnixNative.FindGroup(OperatingSystem.IsMacOS() ? "wheel" : "root"));
        Assert.Equal(12345u, UnixNative.FindGroup("12345"));
        Assert.Null(UnixNative.FindGroup("no-such-group"));
    }

    // Only a renamed file survives the end of its socket.
    private static void LeaveStaleSocket(string path)
    {
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint(path + "0"));
            File.Move(path + "0", path);
        }

        Assert.True(UnixNative.IsSocket(path));
    }
}
