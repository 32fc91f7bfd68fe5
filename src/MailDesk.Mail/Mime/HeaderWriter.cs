using System.Buffers;
using System.Globalization;
using System.Text;

namespace MailDesk.Mail.Mime;

/// <summary>Writes header fields in ASCII, save for local parts of other letters (RFC 6532), folded at 78 characters where there is a place to fold (RFC 5322 §2.2.3).</summary>
internal sealed class HeaderWriter
{
    private const int MaxLine = 78;

    private static readonly SearchValues<char> TokenChars =
        SearchValues.Create("!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz{|}~");

    private static readonly SearchValues<char> PhraseChars =
        SearchValues.Create(" !#$%&'*+-/=?^_`{|}~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>RFC 5987 §3.2.1 attr-char, which RFC 2231 values are safe with.</summary>
    private static readonly SearchValues<char> UnescapedChars =
        SearchValues.Create("!#$&+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> AddressBreakers = SearchValues.Create(" \t<>,;:\"()\\");

    private readonly StringBuilder _output = new();
    private int _column;

    public static bool IsToken(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(TokenChars);

    /// <summary>An unstructured field. Words that need it are encoded (RFC 2047); a fold goes before a space.</summary>
    public void Text(string name, string value)
    {
        Begin(name);
        foreach (var word in EncodedWordWriter.Words(HeaderText.Clean(value).Replace('\t', ' '), MaxLine - 1 - _column)) Append(word);
        End();
    }

    /// <summary>A value that is known to be short and safe.</summary>
    public void Verbatim(string name, string value)
    {
        Begin(name);
        Append(value);
        End();
    }

    /// <summary>Nothing is written for an empty list.</summary>
    public void Addresses(string name, IReadOnlyList<MailboxAddress> addresses)
    {
        if (addresses.Count == 0) return;
        Begin(name);
        for (var i = 0; i < addresses.Count; i++)
        {
            var comma = i < addresses.Count - 1 ? "," : "";
            var address = Address(addresses[i].Address);
            var display = HeaderText.Clean(addresses[i].Name ?? "").Replace('\t', ' ');
            if (display.Length == 0)
            {
                Append(address + comma);
                continue;
            }

            foreach (var word in Phrase(display)) Append(word);
            Append($"<{address}>{comma}");
        }

        End();
    }

    /// <summary>Nothing is written for an empty list.</summary>
    /// <exception cref="ArgumentException">An identifier with blanks, brackets or control characters.</exception>
    public void Ids(string name, IReadOnlyList<string> ids)
    {
        if (ids.Count == 0) return;
        Begin(name);
        foreach (var id in ids)
        {
            if (id.Length == 0 || id.AsSpan().ContainsAny(" <>") || id.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            {
                throw new ArgumentException($"cannot be written as an identifier: '{HeaderText.Clean(id)}'", nameof(ids));
            }

            Append($"<{id}>");
        }

        End();
    }

    /// <summary>A structured value and its parameters, each on a line of its own where the line is full.</summary>
    public void Parameters(string name, string value, IEnumerable<(string Name, string Value)> parameters)
    {
        Begin(name);
        Append(value);
        foreach (var (parameter, text) in parameters)
        {
            foreach (var piece in Parameter(parameter, text))
            {
                _output.Append(';');
                _column++;
                Append(piece);
            }
        }

        End();
    }

    /// <summary>The fields and the empty line behind them, to be sent as UTF-8.</summary>
    public string Block() => _output.Append("\r\n").ToString();

    private void Begin(string name)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAnyExceptInRange('!', '~') || name.Contains(':', StringComparison.Ordinal))
        {
            throw new ArgumentException($"not a header name: '{HeaderText.Clean(name)}'", nameof(name));
        }

        _output.Append(name).Append(':');
        _column = name.Length + 1;
    }

    /// <summary>Appends a space and a word; the space is the place to fold.</summary>
    private void Append(string word)
    {
        var first = _output[^1] == ':';
        if (_column + 1 + word.Length > MaxLine && !first)
        {
            _output.Append("\r\n");
            _column = 0;
        }

        _output.Append(' ').Append(word);
        _column += 1 + word.Length;
    }

    private void End()
    {
        if (_output[^1] == ':') _output.Append(' ');
        _output.Append("\r\n");
    }

    private static IEnumerable<string> Phrase(string name)
    {
        if (!Ascii.IsValid(name) || name.Contains("=?", StringComparison.Ordinal)) return EncodedWordWriter.Encode(name, MaxLine - 16);
        if (!name.AsSpan().ContainsAnyExcept(PhraseChars) && !name.Contains("  ", StringComparison.Ordinal)) return name.Split(' ');
        var quoted = name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        return [$"\"{quoted}\""];
    }

    /// <summary>The domain in its ASCII form (RFC 5890); a local part that is not ASCII stays as it is (RFC 6532).</summary>
    /// <exception cref="ArgumentException">Characters that would end the address or the header.</exception>
    private static string Address(string address)
    {
        var at = address.LastIndexOf('@');
        var quoted = at > 1 && address[0] == '"' && address[at - 1] == '"';
        var bare = address.AsSpan(quoted ? at : 0);
        if (at <= 0 || bare.ContainsAny(AddressBreakers) || quoted && address.AsSpan(1, at - 2).Contains('"') || address.Any(char.IsControl))
        {
            throw new ArgumentException($"cannot be written as an address: '{HeaderText.Clean(address)}'", nameof(address));
        }

        if (Ascii.IsValid(address.AsSpan(at))) return address;
        return string.Concat(address.AsSpan(0, at + 1), new IdnMapping().GetAscii(address, at + 1));
    }

    /// <summary>Whether a header can name this address.</summary>
    public static bool CanWrite(string address)
    {
        try
        {
            Address(address);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Parameter(string name, string value)
    {
        const int Room = MaxLine - 2;
        var quoted = $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        if (Ascii.IsValid(value) && !value.Contains("=?", StringComparison.Ordinal) && name.Length + 1 + quoted.Length <= Room)
        {
            return [IsToken(value) ? $"{name}={value}" : $"{name}={quoted}"];
        }

        // RFC 2231 §4, and §3 where it takes more than a line.
        var pieces = new List<string>();
        var piece = new StringBuilder("utf-8''");
        foreach (var rune in value.EnumerateRunes())
        {
            var escaped = Escape(rune);
            if (piece.Length + escaped.Length + name.Length + 6 > Room)
            {
                pieces.Add(piece.ToString());
                piece.Clear();
            }

            piece.Append(escaped);
        }

        pieces.Add(piece.ToString());
        return pieces is [var only] ? [$"{name}*={only}"] : pieces.Select((p, i) => string.Create(CultureInfo.InvariantCulture, $"{name}*{i}*={p}"));
    }

    private static string Escape(Rune rune)
    {
        var text = rune.ToString();
        return UnescapedChars.Contains(text[0]) ? text : string.Concat(Encoding.UTF8.GetBytes(text).Select(b => $"%{b:X2}"));
    }
}
