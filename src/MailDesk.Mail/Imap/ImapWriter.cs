using System.Buffers;
using System.Globalization;
using System.Text;

namespace MailDesk.Mail.Imap;

/// <summary>
/// Builds one command as the octets to send and the places where the server must be asked first (RFC 9051 §4.3, RFC 7888); knows no
/// semantics. What comes from outside goes in by <see cref="String"/> only, which no content can leave.
/// </summary>
internal sealed class ImapWriter(ImapLiterals literals)
{
    /// <summary>What RFC 7888 §5 allows to be sent unasked under LITERAL-.</summary>
    private const int MaxUnaskedLiteral = 4096;

    private readonly ArrayBufferWriter<byte> _octets = new(256);
    private readonly List<int> _pauses = [];

    /// <summary>The command in pieces; the server's <c>+</c> is awaited between two of them.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Pieces
    {
        get
        {
            var start = 0;
            foreach (var pause in _pauses)
            {
                yield return _octets.WrittenMemory[start..pause];
                start = pause;
            }

            yield return _octets.WrittenMemory[start..];
        }
    }

    /// <summary>Protocol text of our own making, as it is.</summary>
    public ImapWriter Text(string ascii)
    {
        Encoding.ASCII.GetBytes(ascii, _octets);
        return this;
    }

    /// <summary>A space and a string from outside: quoted when it is printable ASCII, else a literal in UTF-8.</summary>
    /// <exception cref="ArgumentException">The string contains NUL, which IMAP cannot carry.</exception>
    public ImapWriter String(string value)
    {
        if (value.Contains('\0')) throw new ArgumentException("IMAP cannot carry a NUL character", nameof(value));
        Text(" ");
        return value.AsSpan().ContainsAnyExceptInRange(' ', '~') ? Literal(value) : Quoted(value);
    }

    private ImapWriter Quoted(string value) =>
        Text("\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"");

    private ImapWriter Literal(string value)
    {
        var octets = Encoding.UTF8.GetBytes(value);
        var unasked = literals == ImapLiterals.Unasked || (literals == ImapLiterals.UnaskedWhenSmall && octets.Length <= MaxUnaskedLiteral);
        Text(string.Create(CultureInfo.InvariantCulture, $"{{{octets.Length}{(unasked ? "+" : "")}}}\r\n"));
        if (!unasked) _pauses.Add(_octets.WrittenCount);
        _octets.Write(octets);
        return this;
    }
}

/// <summary>When the server takes a literal without having been asked (RFC 7888).</summary>
internal enum ImapLiterals
{
    Asked,
    UnaskedWhenSmall,
    Unasked,
}
