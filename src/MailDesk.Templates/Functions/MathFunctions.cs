using MailDesk.Templates.Runtime;
using MailDesk.Templates.Syntax;

namespace MailDesk.Templates.Functions;

internal static class MathFunctions
{
    public static readonly Function[] All =
    [
        new("math.abs", "value", Abs),
        new("math.ceil", "value", a => Math.Ceiling(a.Double(0))),
        new("math.divided_by", "value divisor", DividedBy),
        new("math.floor", "value", a => Math.Floor(a.Double(0))),
        new("math.format", "value format culture?", a => a[0] is null || IsNumber(a[0]) ? ObjectFunctions.Format(a) : throw a.Fail(0, "a number is needed here")),
        new("math.is_number", "value", a => IsNumber(a[0])),
        new("math.minus", "value with", a => a.Calculate(TokenKind.Minus, a[0], a[1])),
        new("math.modulo", "value with", a => a.Calculate(TokenKind.Percent, a[0], a[1])),
        new("math.plus", "value with", a => a.Calculate(TokenKind.Plus, a[0], a[1])),
        new("math.round", "value precision?", a => Math.Round(a.Double(0), a.Int(1))),
        new("math.times", "value with", a => a.Calculate(TokenKind.Star, a[0], a[1])),
    ];

    private static bool IsNumber(object? value) => Number.Rank(value) > 0;

    private static object? Abs(Arguments a) => a[0] switch
    {
        null => null,
        int value => Number.Fit(Math.Abs((long)value)),
        long value => Math.Abs(value),
        double value => Math.Abs(value),
        float value => Math.Abs(value),
        decimal value => Math.Abs(value),
        _ => throw a.Fail(0, $"a number is needed here, and this is {Evaluator.Describe(a[0])}"),
    };

    /// <summary>A whole divisor gives a whole result, rounded down.</summary>
    private static object? DividedBy(Arguments a)
    {
        var result = a.Calculate(TokenKind.Slash, a.Double(0), a[1]);
        return a[1] is int && result is double quotient ? Number.Fit(checked((long)Math.Floor(quotient))) : result;
    }
}
