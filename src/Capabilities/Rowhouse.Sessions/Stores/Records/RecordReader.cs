using System.Buffers.Binary;
using System.Text;

namespace Rowhouse.Sessions;

/// <summary>Reads the parts of a record. What is not there reads as nothing, and <see cref="IsWhole"/> tells.</summary>
internal ref struct RecordReader
{
    private ReadOnlySpan<byte> _rest;
    private bool _isBroken;

    public RecordReader(ReadOnlySpan<byte> bytes)
    {
        _rest = bytes;
    }

    /// <summary>Whether everything that was read was there, and nothing else is.</summary>
    public readonly bool IsWhole => !_isBroken && _rest.IsEmpty;

    public long ReadNumber() => Take(sizeof(long)) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : 0;

    public DateTimeOffset ReadTime() => new(Valid(ReadNumber(), DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);

    /// <summary>A number of things, each of which takes at least so many bytes of what is left.</summary>
    public int ReadCount(int least)
    {
        long count = 0;
        for (var shift = 0; shift <= 28; shift += 7)
        {
            var next = Take(1);
            if (next.IsEmpty)
            {
                return 0;
            }

            count |= (long)(next[0] & 0x7F) << shift;
            if (next[0] < 0x80)
            {
                return (int)Valid(count, _rest.Length / least);
            }
        }

        return (int)Valid(-1, 0);
    }

    public string ReadText() => Encoding.UTF8.GetString(Take(ReadCount(1)));

    public byte[] ReadValue() => Take(ReadCount(1)).ToArray();

    private long Valid(long number, long most)
    {
        var isValid = number >= 0 && number <= most;
        _isBroken |= !isValid;
        return isValid ? number : 0;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (_isBroken || length > _rest.Length)
        {
            _isBroken = true;
            return default;
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
