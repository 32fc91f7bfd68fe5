using System.Globalization;
using System.Text;

namespace MailDesk.Templates.Syntax;

internal sealed partial class Lexer
{
    private void ReadString()
    {
        var start = _position;
        var quote = Current;
        var value = new StringBuilder();
        for (_position++; Current != quote; _position++)
        {
            if (_position >= _text.Length)
            {
                throw _source.Error(start, $"this string has no end: a closing {quote} is missing");
            }

            if (Current == '\\')
            {
                ReadEscape(value);
            }
            else
            {
                value.Append(Current);
            }
        }

        _position++;
        Add(TokenKind.String, start, value.ToString());
    }

    /// <summary>Leaves the position on the escape's last character.</summary>
    private void ReadEscape(StringBuilder value)
    {
        _position++;
        switch (Current)
        {
            case '\n':
                break;
            case '\r':
                _position += Peek(1) == '\n' ? 1 : 0;
                break;
            case 'u':
                ReadHex(4, value);
                break;
            case 'x':
                ReadHex(2, value);
                break;
            default:
                var meaning = "0'\"\\bfnrtv".IndexOf(Current, StringComparison.Ordinal);
                if (meaning < 0 || _position >= _text.Length)
                {
                    throw _source.Error(_position, $"\\{Current} is no escape; \\n \\r \\t \\b \\f \\v \\0 \\\\ \\' \\\" \\xHH and \\uHHHH are");
                }

                value.Append("\0'\"\\\b\f\n\r\t\v"[meaning]);
                break;
        }
    }

    private void ReadHex(int digits, StringBuilder value)
    {
        if (_position + digits >= _text.Length
            || !ushort.TryParse(_text.AsSpan(_position + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            throw _source.Error(_position, $"\\{Current} must be followed by {digits} hexadecimal digits");
        }

        value.Append((char)code);
        _position += digits;
    }

    /// <summary>Between backticks; a doubled backtick is one.</summary>
    private void ReadVerbatim()
    {
        var start = _position++;
        for (; ; _position++)
        {
            if (_position >= _text.Length)
            {
                throw _source.Error(start, "this string has no end: a closing ` is missing");
            }

            if (Current == '`')
            {
                _position++;
                if (Current != '`')
                {
                    break;
                }
            }
        }

        Add(TokenKind.String, start, _text[(start + 1)..(_position - 1)].Replace("``", "`", StringComparison.Ordinal));
    }

    private void ReadNumber()
    {
        var start = _position;
        if (Current == '0' && Peek(1) is 'x' or 'b' && char.IsAsciiLetterOrDigit(Peek(2)))
        {
            throw _source.Error(start, "hexadecimal and binary numbers are not part of the language; write it in decimals");
        }

        SkipWhile(c => char.IsAsciiDigit(c) || c == '_');
        var isFloat = false;

        // `1..3` is a range and `1.name` a member.
        if (Current == '.' && Peek(1) != '.' && !char.IsLetter(Peek(1)))
        {
            isFloat = true;
            _position++;
            SkipWhile(char.IsAsciiDigit);
        }

        if (Current is 'e' or 'E')
        {
            _position++;
            if (Current is '+' or '-')
            {
                _position++;
            }

            if (!char.IsAsciiDigit(Current))
            {
                throw _source.Error(_position, "a digit must follow the exponent");
            }

            SkipWhile(char.IsAsciiDigit);
        }

        var digits = _text[start.._position].Replace("_", "", StringComparison.Ordinal);
        var suffix = IsIdentifierPart(Peek(1)) ? '\0' : char.ToLowerInvariant(Current);
        if (suffix is 'f' or 'd' or 'm')
        {
            _position++;
        }

        Add(TokenKind.Number, start, ParseNumber(start, digits, suffix, isFloat));
    }

    private object ParseNumber(int start, string digits, char suffix, bool isFloat)
    {
        var culture = CultureInfo.InvariantCulture;
        object? number = suffix switch
        {
            'm' => decimal.TryParse(digits, NumberStyles.Float, culture, out var m) ? m : null,
            'f' => float.TryParse(digits, NumberStyles.Float, culture, out var f) ? f : null,
            'd' => double.TryParse(digits, NumberStyles.Float, culture, out var d) ? d : null,
            _ when isFloat => double.TryParse(digits, NumberStyles.Float, culture, out var d) ? d : null,
            _ => long.TryParse(digits, NumberStyles.AllowExponent, culture, out var n) ? Runtime.Number.Fit(n) : null,
        };
        return number ?? throw _source.Error(start, $"the number {digits} is too large");
    }
}
