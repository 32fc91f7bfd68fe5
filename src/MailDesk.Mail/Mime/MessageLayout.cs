using System.Text;

namespace MailDesk.Mail.Mime;

/// <summary>
/// The pieces of a message in their order: header blocks, boundary lines, contents. Each knows its length and writes itself to its place, so that
/// the message is the only thing of its size that is allocated.
/// </summary>
internal sealed class MessageLayout
{
    private readonly List<(string Text, EncodedContent? Content)> _pieces = [];
    private int _length;

    /// <exception cref="OverflowException">The message is longer than an array can be; so for contents.</exception>
    public void Add(string text)
    {
        _length = checked(_length + Encoding.UTF8.GetByteCount(text));
        _pieces.Add((text, null));
    }

    public void Add(EncodedContent content)
    {
        _length = checked(_length + content.Length);
        _pieces.Add(("", content));
    }

    public byte[] ToArray()
    {
        var result = GC.AllocateUninitializedArray<byte>(_length);
        var rest = result.AsSpan();
        foreach (var (text, content) in _pieces)
        {
            rest = rest[Encoding.UTF8.GetBytes(text, rest)..];
            if (content is null) continue;
            content.WriteTo(rest);
            rest = rest[content.Length..];
        }

        return result;
    }
}
