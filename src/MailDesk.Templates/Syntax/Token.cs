namespace MailDesk.Templates.Syntax;

internal enum TokenKind
{
    Text, EscapedText, CodeEnter, CodeExit, NewLine, Semicolon, EndOfFile,
    Identifier, Local, Number, String,
    Dot, QuestionDot, Comma, Colon, Question, Pipe,
    OpenParen, CloseParen, OpenBracket, CloseBracket, OpenBrace, CloseBrace,
    Plus, Minus, Star, Slash, DoubleSlash, Percent, Not,
    And, Or, Coalesce, Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, Range, RangeExclusive,
    Assign, PlusAssign, MinusAssign, StarAssign, SlashAssign, DoubleSlashAssign, PercentAssign,
    Unknown,
}

/// <param name="End">Exclusive.</param>
/// <param name="Value">Of numbers and strings, decoded.</param>
internal readonly record struct Token(TokenKind Kind, int Start, int End, object? Value = null);
