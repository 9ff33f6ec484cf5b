using System.Buffers;
using System.Buffers.Text;

namespace Rowhouse.Backends.Memcached;

/// <summary>The line of one command without its opaque and its end, in a rented buffer.</summary>
internal sealed class MetaLine : IDisposable
{
    // Two letters, a key, and at most eight flags of at most 22 bytes.
    private const int MaxBytes = 512;

    private readonly int _keyLength;
    private byte[] _bytes;
    private int _length;

    /// <param name="command">Two letters and a blank.</param>
    /// <param name="key">Any string.</param>
    public MetaLine(ReadOnlySpan<byte> command, string key)
    {
        _bytes = ArrayPool<byte>.Shared.Rent(MaxBytes);
        command.CopyTo(_bytes);
        _keyLength = WireKey.Write(key, _bytes.AsSpan(command.Length));
        _length = command.Length + _keyLength;
    }

    public ReadOnlySpan<byte> Key => _bytes.AsSpan(3, _keyLength);

    public ReadOnlySpan<byte> Text => _bytes.AsSpan(0, _length);

    /// <summary>Adds text, which begins with a blank.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_bytes.AsSpan(_length));
        _length += text.Length;
    }

    /// <summary>Adds text and a number right behind it.</summary>
    public void Add(ReadOnlySpan<byte> text, long number)
    {
        Add(text);
        Utf8Formatter.TryFormat(number, _bytes.AsSpan(_length), out var written);
        _length += written;
    }

    /// <summary>Adds text and a number right behind it.</summary>
    public void Add(ReadOnlySpan<byte> text, ulong number)
    {
        Add(text);
        Utf8Formatter.TryFormat(number, _bytes.AsSpan(_length), out var written);
        _length += written;
    }

    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
            _length = 0;
        }
    }
}
