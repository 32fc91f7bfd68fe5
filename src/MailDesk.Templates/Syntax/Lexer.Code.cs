using System.Buffers;

namespace MailDesk.Templates.Syntax;

internal sealed partial class Lexer
{
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n");

    /// <summary>Longest first, so that the first that fits is the right one.</summary>
    private static readonly (string Text, TokenKind Kind)[] Signs =
    [
        ("//=", TokenKind.DoubleSlashAssign), ("..<", TokenKind.RangeExclusive),
        ("//", TokenKind.DoubleSlash), ("..", TokenKind.Range), ("&&", TokenKind.And), ("||", TokenKind.Or), ("??", TokenKind.Coalesce),
        ("?.", TokenKind.QuestionDot), ("==", TokenKind.Equal), ("!=", TokenKind.NotEqual), ("<=", TokenKind.LessOrEqual),
        (">=", TokenKind.GreaterOrEqual), ("+=", TokenKind.PlusAssign), ("-=", TokenKind.MinusAssign), ("*=", TokenKind.StarAssign),
        ("/=", TokenKind.SlashAssign), ("%=", TokenKind.PercentAssign), ("|>", TokenKind.Pipe),
        ("++", TokenKind.Unknown), ("--", TokenKind.Unknown), ("<<", TokenKind.Unknown), (">>", TokenKind.Unknown), ("?!", TokenKind.Unknown),
        ("+", TokenKind.Plus), ("-", TokenKind.Minus), ("*", TokenKind.Star), ("/", TokenKind.Slash), ("%", TokenKind.Percent),
        ("!", TokenKind.Not), ("<", TokenKind.Less), (">", TokenKind.Greater), ("=", TokenKind.Assign), ("|", TokenKind.Pipe),
        (".", TokenKind.Dot), (",", TokenKind.Comma), (":", TokenKind.Colon), ("?", TokenKind.Question), (";", TokenKind.Semicolon),
        ("(", TokenKind.OpenParen), (")", TokenKind.CloseParen), ("[", TokenKind.OpenBracket), ("]", TokenKind.CloseBracket),
        ("{", TokenKind.OpenBrace), ("}", TokenKind.CloseBrace),
    ];

    private void ReadCode()
    {
        while (_position < _text.Length)
        {
            if (AtExit(0))
            {
                TakeExit(0);
                return;
            }

            ReadCodeToken();
        }

        // An object that is still open says so in the parser; the next code block starts afresh.
        _openBraces = 0;
    }

    private void ReadCodeToken()
    {
        var start = _position;
        switch (Current)
        {
            case '\n' or '\r':
                SkipWhile(char.IsWhiteSpace);
                Add(TokenKind.NewLine, start);
                break;
            case '#':
                SkipComment();
                break;
            case '"' or '\'':
                ReadString();
                break;
            case '`':
                ReadVerbatim();
                break;
            case '$':
                _position++;
                SkipWhile(IsIdentifierPart);
                Add(Current is '$' or '"' or '\'' && _position == start + 1 ? TokenKind.Unknown : TokenKind.Local, start);
                break;
            case var c when char.IsWhiteSpace(c):
                _position++;
                break;
            case var c when c == '_' || char.IsLetter(c):
                SkipWhile(IsIdentifierPart);
                Add(TokenKind.Identifier, start);
                break;
            case var c when char.IsAsciiDigit(c):
                ReadNumber();
                break;
            default:
                ReadSign();
                break;
        }
    }

    private static bool IsIdentifierPart(char c) => c == '_' || char.IsLetterOrDigit(c);

    private void SkipWhile(Func<char, bool> fits)
    {
        while (_position < _text.Length && fits(Current))
        {
            _position++;
        }
    }

    private void ReadSign()
    {
        var start = _position;
        var rest = _text.AsSpan(_position);
        foreach (var (text, kind) in Signs)
        {
            if (!rest.StartsWith(text, StringComparison.Ordinal))
            {
                continue;
            }

            _position += text.Length;
            _openBraces += kind switch { TokenKind.OpenBrace => 1, TokenKind.CloseBrace when _openBraces > 0 => -1, _ => 0 };
            Add(kind, start);
            return;
        }

        _position++;
        Add(TokenKind.Unknown, start);
    }

    /// <summary><c># …</c> to the end of the line, <c>## … ##</c> over lines; both end with the code block at the latest.</summary>
    private void SkipComment()
    {
        var multiLine = Peek(1) == '#';
        _position += multiLine ? 2 : 1;
        while (_position < _text.Length && !AtExit(0))
        {
            if (multiLine && Current == '#' && Peek(1) == '#')
            {
                _position += 2;
                return;
            }

            if (!multiLine && LineEnds.Contains(Current))
            {
                return;
            }

            _position++;
        }
    }
}
