using System.Buffers;
using System.Text;

namespace MailDesk.Mail.Mime;

/// <summary>Reads <c>; name=value</c> pairs one after the other, whatever is wrong with them. Values come unquoted, otherwise as written.</summary>
internal ref struct ParameterReader(string text)
{
    private static readonly SearchValues<char> NameEnds = SearchValues.Create("=; \t(\"");

    private ReadOnlySpan<char> _rest = text;

    public bool Next(out string name, out string value)
    {
        while (true)
        {
            SkipBlanks();
            if (_rest.Length == 0)
            {
                name = value = "";
                return false;
            }

            var end = _rest.IndexOfAny(NameEnds);
            if (end < 0) end = _rest.Length;
            name = _rest[..end].ToString();
            _rest = _rest[end..].TrimStart();
            if (name.Length > 0 && _rest.Length > 0 && _rest[0] == '=')
            {
                _rest = _rest[1..].TrimStart();
                value = _rest.Length > 0 && _rest[0] == '"' ? Quoted() : Token(name);
                return true;
            }

            if (end == 0 && _rest.Length > 0) _rest = _rest[1..]; // an "=" or a quote where a name should be
        }
    }

    private void SkipBlanks()
    {
        while (true)
        {
            _rest = _rest.TrimStart("; \t,");
            if (_rest.Length == 0 || _rest[0] != '(') return;
            var close = _rest.IndexOf(')');
            _rest = close < 0 ? default : _rest[(close + 1)..];
        }
    }

    private string Quoted()
    {
        var result = new StringBuilder();
        var i = 1;
        for (; i < _rest.Length && _rest[i] != '"'; i++)
        {
            // QUIRK: Windows programs write paths with their backslashes bare; only a quoted quote or backslash is an escape.
            if (_rest[i] == '\\' && i + 1 < _rest.Length && _rest[i + 1] is '"' or '\\') i++;
            result.Append(_rest[i]);
        }

        _rest = _rest[Math.Min(i + 1, _rest.Length)..];
        return result.ToString();
    }

    /// <summary>An unquoted value: file names run to the semicolon, blanks and all; anything else ends at a blank.</summary>
    private string Token(string name)
    {
        var isName = name.StartsWith("name", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("filename", StringComparison.OrdinalIgnoreCase);
        var end = isName ? _rest.IndexOf(';') : _rest.IndexOfAny("; \t");
        if (end < 0) end = _rest.Length;
        var value = _rest[..end].TrimEnd().ToString();
        _rest = _rest[end..];
        return value;
    }
}
