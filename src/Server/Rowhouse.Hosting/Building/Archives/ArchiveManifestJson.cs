using System.Globalization;
using System.Text.Json;

namespace Rowhouse.Hosting;

/// <summary>Writes and reads <c>rowhouse.json</c>.</summary>
internal static class ArchiveManifestJson
{
    /// <summary>The largest manifest that is read. Ours have some 200 bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    private static readonly JsonWriterOptions WriterOptions = new() { Indented = true, NewLine = "\n" };
    private static readonly JsonDocumentOptions ReaderOptions = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    public static byte[] Write(ArchiveManifest manifest)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteNumber("format", manifest.Format);
            json.WriteString("name", manifest.Name);
            json.WriteString("entryAssembly", manifest.EntryAssembly);
            json.WriteString("runtime", manifest.Runtime);
            json.WriteString("contentHash", manifest.ContentHash);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    public static ArchiveManifest Read(ReadOnlyMemory<byte> utf8, string archive)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, ReaderOptions);
            return Read(document.RootElement, archive);
        }
        catch (JsonException e)
        {
            throw HostingErrors.BadManifest(archive, $"it is not JSON ({ArchiveNames.Show(e.Message)})");
        }
    }

    /// <summary>What is wrong with the values, or null. The hash is not looked at: only a finished archive has one.</summary>
    public static string? FindFault(ArchiveManifest manifest)
    {
        if (!AppFolder.IsValidName(manifest.Name))
        {
            return $"\"name\" is '{ArchiveNames.Show(manifest.Name)}', which cannot be the name of an app";
        }

        var entry = manifest.EntryAssembly;
        if (entry.Contains('/', StringComparison.Ordinal) || !entry.EndsWith(".dll", StringComparison.Ordinal) || ArchiveNames.FindFault(entry) is not null)
        {
            return $"\"entryAssembly\" is '{ArchiveNames.Show(entry)}', expected a file name such as 'shop.dll'";
        }

        return FindRuntime(manifest) is null
            ? $"\"runtime\" is '{ArchiveNames.Show(manifest.Runtime)}', expected a version such as '10.0'"
            : null;
    }

    public static Version? FindRuntime(ArchiveManifest manifest) =>
        Version.TryParse(manifest.Runtime, out var version) && version.Build < 0 ? version : null;

    private static ArchiveManifest Read(JsonElement json, string archive)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw HostingErrors.BadManifest(archive, "it is not a JSON object");
        }

        // Before anything else: a later format may have other fields.
        if (!json.TryGetProperty("format", out var format) || format.ValueKind != JsonValueKind.Number)
        {
            throw HostingErrors.BadManifest(archive, "it has no number \"format\"");
        }

        if (!format.TryGetInt32(out var number) || number != ArchiveManifest.CurrentFormat)
        {
            throw HostingErrors.UnknownArchiveFormat(archive, ArchiveNames.Show(format.GetRawText()));
        }

        var manifest = new ArchiveManifest
        {
            Format = number,
            Name = Text(json, "name", archive),
            EntryAssembly = Text(json, "entryAssembly", archive),
            Runtime = Text(json, "runtime", archive),
            ContentHash = Text(json, "contentHash", archive),
        };

        return FindFault(manifest) is { } fault ? throw HostingErrors.BadManifest(archive, fault) : manifest;
    }

    private static string Text(JsonElement json, string name, string archive)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
        {
            throw HostingErrors.BadManifest(archive, string.Create(CultureInfo.InvariantCulture, $"it has no text \"{name}\""));
        }

        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate or bytes that are no UTF-8.
            throw HostingErrors.BadManifest(archive, $"the text of \"{name}\" is not valid Unicode");
        }
    }
}
