namespace MailDesk.Templates.Syntax;

internal abstract record Statement(int Start, int End) : Node(Start, End);

internal sealed record Text(int Start, int End, string Value) : Statement(Start, End);

internal sealed record Output(int Start, int End, Expression Value) : Statement(Start, End);

internal sealed record If(int Start, int End, (Expression Condition, Block Body)[] Branches, Block? Else) : Statement(Start, End);

internal sealed record For(
    int Start, int End, string Variable, Expression List, Expression? Offset, Expression? Limit, bool Reversed, Block Body, Block? Else) : Statement(Start, End);

internal sealed record Case(int Start, int End, Expression Value, (int Start, Expression[] Values, Block Body)[] Whens, Block? Else) : Statement(Start, End);

internal sealed record Capture(int Start, int End, Expression Target, Block Body) : Statement(Start, End);

internal sealed record With(int Start, int End, Expression Target, Block Body) : Statement(Start, End);

internal sealed record ReadOnly(int Start, int End, string Name) : Statement(Start, End);

internal sealed record Break(int Start, int End) : Statement(Start, End);

internal sealed record Continue(int Start, int End) : Statement(Start, End);

/// <summary>
/// A statement and how Scriban indents what it writes: inside a code block that stands at the beginning of a line, every further line gets
/// that line's whitespace in front. Text takes the indent of the code block that it is nested in.
/// </summary>
/// <param name="Inherits">The indent is that of the enclosing block; otherwise it is <paramref name="Indent"/>, null for none.</param>
internal readonly record struct Step(Statement Statement, bool Inherits, string? Indent);

internal sealed record Block(Step[] Steps);

/// <summary>A compiled template. Immutable once its <see cref="TemplateSet"/> exists.</summary>
internal sealed record Template(SourceText Source, Block Body, IReadOnlyList<Include> Includes);
