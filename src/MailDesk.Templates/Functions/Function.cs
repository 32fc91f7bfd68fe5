using System.Globalization;
using MailDesk.Templates.Runtime;
using MailDesk.Templates.Syntax;

namespace MailDesk.Templates.Functions;

internal readonly record struct Parameter(string Name, bool IsOptional);

/// <summary>A built-in function: its parameters as an error message shows them (<c>text start length?</c>), and what it does.</summary>
internal sealed record Function(string Name, string Declaration, Func<Arguments, object?> Invoke)
{
    public Parameter[] Parameters { get; } =
        [.. Declaration.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => new Parameter(p.TrimEnd('?'), p.EndsWith('?')))];

    public string Signature => Parameters.Length == 0 ? $"`{Name}`" : $"`{Name} {Declaration}`";
}

/// <summary>The values of a call, converted as the function asks. What cannot be converted is an error at the argument.</summary>
internal sealed class Arguments(Evaluator evaluator, Call call, object?[] values)
{
    public object? this[int index] => values[index];

    public CultureInfo Culture => evaluator.Options.Culture;

    public bool EscapesHtml => evaluator.Options.EscapeHtml;

    public Evaluator Evaluator => evaluator;

    public Node NodeOf(int index) => call.Slots[index] ?? (Node)call;

    public bool Has(int index) => values[index] is not null;

    /// <summary>Null for null.</summary>
    public string? Text(int index) => values[index] as string ?? evaluator.Text(NodeOf(index), values[index]);

    public int Int(int index) => evaluator.ToInteger(NodeOf(index).Start, values[index]);

    public double Double(int index) =>
        values[index] is null || Number.Rank(values[index]) >= 0
            ? Convert.ToDouble(values[index], Culture)
            : throw Fail(index, $"a number is needed here, and this is {Evaluator.Describe(values[index])}");

    /// <summary>Null for null.</summary>
    public IReadOnlyList<object?>? List(int index) => evaluator.List(NodeOf(index), values[index]);

    public object Date(int index) => values[index] is DateTime or DateTimeOffset
        ? values[index]!
        : throw Fail(index, $"a date is needed here, and this is {Evaluator.Describe(values[index])}");

    /// <summary>The culture named by an optional argument, or that of the rendering.</summary>
    public CultureInfo CultureOf(int index) => Text(index) is { Length: > 0 } name ? CultureInfo.GetCultureInfo(name) : Culture;

    /// <summary>To be called before a text of this length is made.</summary>
    public void Reserve(long length) => evaluator.SpendText(call, length);

    /// <summary>Of a text that grows bit by bit; it is charged for once, when it is whole.</summary>
    public void Check(long length) => evaluator.CheckText(call, length);

    public object? Calculate(TokenKind sign, object? left, object? right) =>
        evaluator.Calculate(sign, left, right, new Places(call.Start, call.Start, call.Start, call));

    public object? Import(object? value) => evaluator.Import(call, value);

    public TemplateException Fail(int index, string message) => evaluator.Error(NodeOf(index).Start, message);
}
