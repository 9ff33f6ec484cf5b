namespace Rowhouse.Configuration;

/// <summary>What the value of an option is.</summary>
internal enum OptionKind
{
    /// <summary>Any text that is not empty.</summary>
    Text,

    /// <summary>The path of a file or folder.</summary>
    Path,

    /// <summary>One of a few words.</summary>
    Word,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A time such as <c>5s</c>.</summary>
    Duration,

    /// <summary>A number of bytes such as <c>64MB</c>.</summary>
    Size,
}
