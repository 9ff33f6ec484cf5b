namespace Rowhouse.Configuration;

/// <summary>What the path of a connection URI names.</summary>
internal enum PathKind
{
    /// <summary>Nothing: there is none.</summary>
    None,

    /// <summary>A folder: relative to the app's data folder, or absolute; none is the data folder itself.</summary>
    Folder,

    /// <summary>A file: relative to the app's data folder, or absolute.</summary>
    File,

    /// <summary>A database of a server.</summary>
    Database,

    /// <summary>The number of a Redis database.</summary>
    Number,
}
