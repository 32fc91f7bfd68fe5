using System.Collections;
using System.Runtime.InteropServices;
using System.Text;

namespace MailDesk.Mail.Mime;

/// <summary>Where a header field lies; offsets into the raw message.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HeaderField(int Start, int NameLength, int ValueStart, int End);

/// <summary>The header fields of a message or a part, in their order. Names are compared without regard to case.</summary>
public sealed class HeaderList : IReadOnlyList<Header>
{
    private readonly ReadOnlyMemory<byte> _raw;
    private readonly HeaderField[] _fields;

    internal HeaderList(ReadOnlyMemory<byte> raw, HeaderField[] fields)
    {
        _raw = raw;
        _fields = fields;
    }

    public int Count => _fields.Length;

    public Header this[int index] => ToHeader(_fields[index]);

    /// <summary>The decoded value of the first field of that name, or null.</summary>
    public string? this[string name] => First(name)?.Value;

    public Header? First(string name)
    {
        foreach (ref readonly var field in _fields.AsSpan())
        {
            if (Matches(field, name)) return ToHeader(field);
        }

        return null;
    }

    /// <summary>Every field of that name, in order.</summary>
    public IEnumerable<Header> All(string name)
    {
        foreach (var field in _fields)
        {
            if (Matches(field, name)) yield return ToHeader(field);
        }
    }

    public bool Contains(string name) => First(name) is not null;

    public IEnumerator<Header> GetEnumerator()
    {
        foreach (var field in _fields) yield return ToHeader(field);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The offset of the second field of that name, or -1.</summary>
    internal int OffsetOfSecond(string name)
    {
        var seen = false;
        foreach (ref readonly var field in _fields.AsSpan())
        {
            if (!Matches(field, name)) continue;
            if (seen) return field.Start;
            seen = true;
        }

        return -1;
    }

    private bool Matches(in HeaderField field, string name) =>
        field.NameLength == name.Length && Ascii.EqualsIgnoreCase(_raw.Span.Slice(field.Start, field.NameLength), name);

    private Header ToHeader(in HeaderField field) =>
        new(_raw[field.Start..field.End], field.NameLength, field.ValueStart - field.Start);
}
