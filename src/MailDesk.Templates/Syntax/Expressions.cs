using MailDesk.Templates.Functions;

namespace MailDesk.Templates.Syntax;

/// <summary>A piece of a template, from an offset to an exclusive end.</summary>
internal abstract record Node(int Start, int End);

internal abstract record Expression(int Start, int End) : Node(Start, End);

internal sealed record Literal(int Start, int End, object? Value) : Expression(Start, End);

/// <summary>A global or a loop's variable, or with <c>$</c> in front a local one; <c>$</c> alone is the include's arguments.</summary>
internal sealed record Variable(int Start, int End, string Name) : Expression(Start, End);

internal sealed record This(int Start, int End) : Expression(Start, End);

/// <param name="MayBeNull">After <c>?.</c>.</param>
internal sealed record Member(int Start, int End, Expression Target, string Name, int NameStart, bool MayBeNull) : Expression(Start, End);

internal sealed record Index(int Start, int End, Expression Target, Expression Key) : Expression(Start, End);

internal sealed record Nested(int Start, int End, Expression Inner) : Expression(Start, End);

internal sealed record Unary(int Start, int End, TokenKind Operator, Expression Operand) : Expression(Start, End);

internal sealed record Binary(int Start, int End, TokenKind Operator, int OperatorStart, Expression Left, Expression Right) : Expression(Start, End);

internal sealed record Conditional(int Start, int End, Expression Condition, Expression Then, Expression Else) : Expression(Start, End);

internal sealed record ListLiteral(int Start, int End, Expression[] Items) : Expression(Start, End);

internal sealed record ObjectLiteral(int Start, int End, (string Name, Expression Value)[] Members) : Expression(Start, End);

/// <param name="Operator">Of <c>+=</c> and its kin; null for a plain assignment.</param>
internal sealed record Assignment(int Start, int End, Expression Target, TokenKind? Operator, Expression Value) : Expression(Start, End);

internal readonly record struct Argument(string? Name, int Start, Expression Value);

/// <summary>
/// A call of a built-in function. The parser may still put a piped value in front; <see cref="Slots"/> are set once, when the file is parsed.
/// </summary>
internal sealed record Call(int Start, int End, Function Function, List<Argument> Arguments) : Expression(Start, End)
{
    /// <summary>One place for each parameter; null where the argument was left out.</summary>
    public Expression?[] Slots { get; set; } = [];
}

internal sealed record Include(int Start, int End, List<Argument> Arguments) : Expression(Start, End)
{
    /// <summary>The template, where its name is a literal; set when the whole set is compiled.</summary>
    public Template? Target { get; set; }
}
