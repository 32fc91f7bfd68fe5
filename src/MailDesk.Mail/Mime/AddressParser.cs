using System.Buffers;
using System.Text;

namespace MailDesk.Mail.Mime;

/// <summary>
/// Address lists (RFC 5322 §3.4 and §4.4): groups, routes, comments, and the ways in which they are written wrong. Linear, without
/// recursion. Encoded-words are decoded in names only: an address is never made of one.
/// </summary>
internal ref struct AddressParser
{
    private static readonly SearchValues<char> NotLocal = SearchValues.Create(" \t\"=?[]\\");

    private readonly ReadOnlySpan<char> _text;
    private readonly List<MailboxAddress> _result = [];
    private int _position;

    /// <summary>What was read since the last separator: as written (an address may be in it), and unquoted (a name).</summary>
    private readonly StringBuilder _written = new();
    private readonly StringBuilder _display = new();
    private string? _angle;
    private string? _comment;

    /// <summary>How much of the unquoted text came before the address in brackets.</summary>
    private int _nameEnd;

    /// <summary>A piece before a comma that can be no address: perhaps the first half of an unquoted <c>Last, First</c>.</summary>
    private string? _carried;
    private string? _carriedAddress;
    private string? _carriedName;
    private bool _quotesBroken;
    private bool _commentsBroken;

    private AddressParser(string text) => _text = text;

    /// <param name="text">Unfolded, not yet decoded.</param>
    public static List<MailboxAddress> Parse(string text)
    {
        var parser = new AddressParser(text);
        parser.Run();
        return parser._result;
    }

    private void Run()
    {
        while (_position < _text.Length)
        {
            var c = _text[_position];
            switch (c)
            {
                case '"' when !_quotesBroken:
                    ReadQuoted();
                    break;
                case '(' when !_commentsBroken:
                    ReadComment();
                    break;
                case '<':
                    ReadAngle();
                    break;
                case ',' or ';':
                    _position++;
                    Flush(c == ';');
                    break;
                case ':' when _angle is null && !Contains(_written, '@') && !Contains(_written, '['):
                    _position++; // what came before is the name of a group
                    Reset();
                    _carried = null;
                    break;
                case '>':
                    _position++;
                    break;
                default:
                    _written.Append(c);
                    _display.Append(c);
                    _position++;
                    break;
            }
        }

        Flush(true);
    }

    private void ReadQuoted()
    {
        var start = _position;
        var content = new StringBuilder();
        for (var i = start + 1; i < _text.Length; i++)
        {
            if (_text[i] == '\\' && i + 1 < _text.Length) content.Append(_text[++i]);
            else if (_text[i] != '"') content.Append(_text[i]);
            else
            {
                _position = i + 1;
                _written.Append(_text[start.._position]);
                _display.Append(content);
                return;
            }
        }

        _quotesBroken = true; // never closed: from here on a quote is a letter like any other
    }

    private void ReadComment()
    {
        var depth = 0;
        var content = new StringBuilder();
        for (var i = _position; i < _text.Length; i++)
        {
            var c = _text[i];
            if (c == '\\' && i + 1 < _text.Length) c = _text[++i];
            else if (c == '(' && depth++ == 0) continue;
            else if (c == ')' && --depth == 0)
            {
                _position = i + 1;
                _comment = content.ToString();
                _written.Append(' ');
                return;
            }

            content.Append(c);
        }

        _commentsBroken = true;
    }

    private void ReadAngle()
    {
        var content = new StringBuilder();
        var quoted = false;
        var i = _position + 1;
        for (; i < _text.Length; i++)
        {
            var c = _text[i];
            if (c == '"') quoted = !quoted;
            if (quoted && c == '\\' && i + 1 < _text.Length) content.Append(_text[i++]);
            else if (!quoted && c == '(' && _text[i..].IndexOf(')') is > 0 and var comment)
            {
                i += comment;
                continue;
            }
            else if (!quoted && c == '>') break;
            else if (!quoted && c == ',' && !(content.Length > 0 && content[0] == '@')) break; // never closed
            else if (!quoted && c is '<' or ' ' or '\t') continue;
            content.Append(_text[i]);
        }

        _position = i;
        var address = content.ToString();
        // RFC 5322 §4.4: a route says nothing today.
        if (address.StartsWith('@')) address = address[(address.LastIndexOf(':') + 1)..];
        if (_angle is { } earlier)
        {
            // Two without a separator: both are meant, unless one is no address and so part of the name.
            if (!address.Contains('@', StringComparison.Ordinal)) return;
            if (earlier.Contains('@', StringComparison.Ordinal)) FlushBefore(earlier);
            else _display.Append('<').Append(earlier).Append('>');
        }

        _angle = address;
        _nameEnd = _display.Length;
    }

    /// <summary>Ends the mailbox before another one that follows without a comma; the words after its address are the next one's name.</summary>
    private void FlushBefore(string earlier)
    {
        var name = _display.ToString();
        Add(EncodedWords.Decode(name[.._nameEnd]), earlier);
        Reset();
        _display.Append(name.AsSpan(_nameEnd));
    }

    private void Flush(bool last)
    {
        var display = EncodedWords.Decode(_display.ToString());
        if (_angle is not null)
        {
            if (_carried is not null) display = display.Length > 0 ? $"{_carried}, {display}" : _carried;
            _carried = null;
            Add(display, _angle);
        }
        else
        {
            var written = WithoutBlanksAroundDots(_written.ToString());
            if (written.Contains('@', StringComparison.Ordinal))
            {
                FlushCarried();
                AddBare(written);
            }
            else if (written.Length > 0)
            {
                FlushCarried();
                _carried = display;
                _carriedAddress = written;
                _carriedName = _comment is null ? null : EncodedWords.Decode(_comment);
            }
        }

        if (last) FlushCarried();
        Reset();
    }

    /// <summary>A word alone is a local address; several words are nobody's, nor is an encoded-word.</summary>
    private void FlushCarried()
    {
        if (_carried is not null && _carriedAddress is { Length: > 0 } local && !local.AsSpan().ContainsAny(NotLocal))
        {
            _result.Add(new MailboxAddress(_carriedName, local));
        }

        _carried = null;
    }

    /// <summary>An address without brackets, perhaps with the name before it.</summary>
    private readonly void AddBare(string written)
    {
        if (written[0] == '"')
        {
            Add("", written);
            return;
        }

        var name = new StringBuilder();
        foreach (var word in written.Split(' '))
        {
            if (!word.Contains('@', StringComparison.Ordinal))
            {
                name.Append(word).Append(' ');
                continue;
            }

            Add(EncodedWords.Decode(name.ToString()), word);
            name.Clear();
        }
    }

    private readonly void Add(string name, string address)
    {
        address = HeaderText.Clean(address);
        if (name.Length == 0 && _comment is not null) name = EncodedWords.Decode(_comment);
        // A list of nobody ("Undisclosed-Recipients:;") that a server has taken for an address.
        if (address.Length == 0 || address[0] != '"' && address.AsSpan().ContainsAny(':', ';')) return;
        var at = address.LastIndexOf('@');
#pragma warning disable CA1308 // domains are written in lower case
        if (at >= 0) address = string.Concat(address.AsSpan(0, at + 1), address[(at + 1)..].TrimEnd('.').ToLowerInvariant());
#pragma warning restore CA1308
        _result.Add(new MailboxAddress(name.Length > 0 ? name : null, address));
    }

    private void Reset()
    {
        _written.Clear();
        _display.Clear();
        _angle = null;
        _comment = null;
    }

    /// <summary>RFC 5322 §4.4 allows blanks around the dots and the "@" of an address.</summary>
    private static string WithoutBlanksAroundDots(string text)
    {
        text = text.Trim();
        if (!text.Contains(' ', StringComparison.Ordinal)) return text;
        var result = new StringBuilder(text.Length);
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var joined = result.Length == 0 || result[^1] is '@' or '.' || word[0] is '@' or '.';
            if (!joined) result.Append(' ');
            result.Append(word);
        }

        return result.ToString();
    }

    private static bool Contains(StringBuilder text, char c)
    {
        foreach (var chunk in text.GetChunks())
        {
            if (chunk.Span.Contains(c)) return true;
        }

        return false;
    }
}
