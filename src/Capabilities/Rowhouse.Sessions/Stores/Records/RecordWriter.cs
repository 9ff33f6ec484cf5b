using System.Buffers.Binary;
using System.Text;

namespace Rowhouse.Sessions;

/// <summary>Writes the parts of a record.</summary>
internal ref struct RecordWriter
{
    private readonly Span<byte> _bytes;
    private int _at;

    public RecordWriter(Span<byte> bytes)
    {
        _bytes = bytes;
    }

    /// <summary>The size of a text or value of so many bytes with its length.</summary>
    public static int SizeOf(int length)
    {
        var size = length + 1;
        for (var rest = (uint)length >> 7; rest > 0; rest >>= 7)
        {
            size++;
        }

        return size;
    }

    /// <summary>The size of a text with its length.</summary>
    public static int SizeOf(string text) => SizeOf(Encoding.UTF8.GetByteCount(text));

    public void Write(long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bytes[_at..], number);
        _at += sizeof(long);
    }

    public void WriteCount(int count)
    {
        var rest = (uint)count;
        for (; rest > 0x7F; rest >>= 7)
        {
            _bytes[_at++] = (byte)(rest | 0x80);
        }

        _bytes[_at++] = (byte)rest;
    }

    public void Write(string text)
    {
        WriteCount(Encoding.UTF8.GetByteCount(text));
        _at += Encoding.UTF8.GetBytes(text, _bytes[_at..]);
    }

    public void Write(ReadOnlySpan<byte> value)
    {
        WriteCount(value.Length);
        value.CopyTo(_bytes[_at..]);
        _at += value.Length;
    }
}
