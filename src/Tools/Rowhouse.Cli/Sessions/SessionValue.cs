using System.Text;
using System.Text.Unicode;

namespace Rowhouse.Cli.Sessions;

/// <summary>One value of a session: as text if it is one, else in hexadecimal digits, else, unless it was asked for, not at all.</summary>
internal sealed record SessionValue(string Name, int Bytes, string? Text, string? Hex)
{
    public string Shown => Text ?? (Hex is null ? "***" : $"0x{Hex}");

    public static SessionValue Of(string name, byte[] value, bool isShown)
    {
        var text = isShown && Utf8.IsValid(value) ? Encoding.UTF8.GetString(value) : null;
        var isText = text is not null && !text.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t'));
        return new SessionValue(name, value.Length, isText ? text : null, isShown && !isText ? Convert.ToHexStringLower(value) : null);
    }
}
