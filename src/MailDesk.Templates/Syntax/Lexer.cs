namespace MailDesk.Templates.Syntax;

/// <summary>
/// Splits a template into tokens, in one pass and in time linear in its length. Knows where text ends and code begins, what
/// whitespace <c>-</c> and <c>~</c> take away, and the literals; knows nothing of statements.
/// </summary>
internal sealed partial class Lexer
{
    private readonly SourceText _source;
    private readonly string _text;
    private readonly List<Token> _tokens = [];
    private int _position;
    private int _openBraces;

    private Lexer(SourceText source)
    {
        _source = source;
        _text = source.Text;
    }

    /// <exception cref="TemplateException">A string without an end, an escape or a number that does not exist.</exception>
    public static List<Token> Read(SourceText source)
    {
        var lexer = new Lexer(source);
        while (lexer._position < lexer._text.Length)
        {
            lexer.ReadText();
        }

        lexer.Add(TokenKind.EndOfFile, lexer._text.Length);
        return lexer._tokens;
    }

    private char Current => Peek(0);

    private char Peek(int ahead) => _position + ahead < _text.Length ? _text[_position + ahead] : '\0';

    private void Add(TokenKind kind, int start, object? value = null) => _tokens.Add(new Token(kind, start, _position, value));

    private void ReadText()
    {
        var start = _position;
        var percents = 0;
        while (_position < _text.Length && !AtEnter(out percents))
        {
            var brace = _text.IndexOf('{', _position + 1);
            _position = brace < 0 ? _text.Length : brace;
        }

        var enter = _position;
        var trim = Peek(percents + 2);
        var end = enter < _text.Length ? TrimEnd(start, enter, trim) : enter;
        if (end > start)
        {
            _tokens.Add(new Token(TokenKind.Text, start, end));
        }

        if (enter == _text.Length)
        {
            return;
        }

        _position += percents + 2 + (trim is '-' or '~' ? 1 : 0);
        if (percents > 0)
        {
            ReadEscaped(percents);
        }
        else
        {
            Add(TokenKind.CodeEnter, enter);
            ReadCode();
        }
    }

    /// <summary><c>{{</c>, or <c>{%{</c> with any number of percent signs.</summary>
    private bool AtEnter(out int percents)
    {
        percents = 0;
        if (Current != '{')
        {
            return false;
        }

        while (Peek(percents + 1) == '%')
        {
            percents++;
        }

        return Peek(percents + 1) == '{';
    }

    private void ReadEscaped(int percents)
    {
        var start = _position;
        while (_position < _text.Length && !AtExit(percents))
        {
            _position++;
        }

        if (_position > start)
        {
            Add(TokenKind.EscapedText, start);
        }

        TakeExit(percents);
    }

    /// <summary><c>}}</c> or <c>}%}</c>, with the sign of trimming before it, and no object literal open.</summary>
    private bool AtExit(int percents)
    {
        var at = Current is '-' or '~' ? 1 : 0;
        if (_openBraces > 0 || Peek(at) != '}')
        {
            return false;
        }

        for (var i = 1; i <= percents; i++)
        {
            if (Peek(at + i) != '%')
            {
                return false;
            }
        }

        return Peek(at + percents + 1) == '}';
    }

    private void TakeExit(int percents)
    {
        if (_position == _text.Length)
        {
            return;
        }

        var start = _position;
        var trim = Current;
        _position += percents + 2 + (trim is '-' or '~' ? 1 : 0);
        if (percents == 0)
        {
            Add(TokenKind.CodeExit, start);
        }

        while (trim is '-' or '~' && _position < _text.Length && char.IsWhiteSpace(Current))
        {
            var newLine = Current == '\n';
            _position++;
            if (trim == '~' && newLine)
            {
                return;
            }
        }
    }

    /// <summary><c>-</c> takes all whitespace before it, <c>~</c> that of its own line.</summary>
    private int TrimEnd(int start, int end, char trim)
    {
        if (trim is not ('-' or '~'))
        {
            return end;
        }

        while (end > start && char.IsWhiteSpace(_text[end - 1]) && (trim == '-' || !EndsLine(end - 1)))
        {
            end--;
        }

        return end;
    }

    private bool EndsLine(int at) => _text[at] == '\n' || (_text[at] == '\r' && (at + 1 == _text.Length || _text[at + 1] != '\n'));
}
