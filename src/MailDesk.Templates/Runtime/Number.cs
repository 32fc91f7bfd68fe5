using System.Globalization;
using MailDesk.Templates.Syntax;

namespace MailDesk.Templates.Runtime;

/// <summary>Arithmetic and comparison of numbers: both sides become the wider of their types, integers shrink to the narrowest that fits.</summary>
internal static class Number
{
    /// <summary>The wider type has the higher rank; a boolean counts as 0 or 1 beside a number. -1 is no number.</summary>
    public static int Rank(object? value) => value switch
    {
        decimal => 5,
        double => 4,
        float => 3,
        long => 2,
        int => 1,
        bool => 0,
        _ => -1,
    };

    public static object Fit(long value) => value is >= int.MinValue and <= int.MaxValue ? (object)(int)value : value;

    /// <exception cref="ArithmeticException">Division of integers by zero; a result too large.</exception>
    /// <exception cref="NotSupportedException">The operator is not for these.</exception>
    public static object Calculate(TokenKind sign, object left, object right)
    {
        var culture = CultureInfo.InvariantCulture;
        return Math.Max(Rank(left), Rank(right)) switch
        {
            5 => Calculate(sign, Convert.ToDecimal(left, culture), Convert.ToDecimal(right, culture)),
            4 => Calculate(sign, Convert.ToDouble(left, culture), Convert.ToDouble(right, culture)),
            3 => Calculate(sign, Convert.ToSingle(left, culture), Convert.ToSingle(right, culture)),
            0 when sign is TokenKind.Equal or TokenKind.NotEqual => Equals(left, right) == (sign == TokenKind.Equal),
            0 => throw new NotSupportedException(),
            _ => Calculate(sign, Convert.ToInt64(left, culture), Convert.ToInt64(right, culture)),
        };
    }

    private static object Calculate(TokenKind sign, long left, long right) => sign switch
    {
        TokenKind.Plus => Fit(checked(left + right)),
        TokenKind.Minus => Fit(checked(left - right)),
        TokenKind.Star => Fit(checked(left * right)),
        TokenKind.Slash => (double)left / right,
        TokenKind.DoubleSlash => Fit(checked(left / right)),
        TokenKind.Percent => Fit(right == -1 ? 0 : left % right),
        TokenKind.Range => new NumberRange(left, right, exclusive: false),
        TokenKind.RangeExclusive => new NumberRange(left, right, exclusive: true),
        _ => Compare(sign, left.CompareTo(right)),
    };

    private static object Calculate(TokenKind sign, double left, double right) => sign switch
    {
        TokenKind.Plus => left + right,
        TokenKind.Minus => left - right,
        TokenKind.Star => left * right,
        TokenKind.Slash => left / right,
        TokenKind.DoubleSlash => Math.Round(left / right),
        TokenKind.Percent => left % right,
        TokenKind.NotEqual => left != right,
        _ => !double.IsNaN(left) && !double.IsNaN(right) && Compare(sign, left.CompareTo(right)),
    };

    private static object Calculate(TokenKind sign, float left, float right) => sign switch
    {
        TokenKind.Plus => left + right,
        TokenKind.Minus => left - right,
        TokenKind.Star => left * right,
        TokenKind.Slash => left / right,
        TokenKind.DoubleSlash => (float)(int)(left / right),
        TokenKind.Percent => left % right,
        TokenKind.NotEqual => left != right,
        _ => !float.IsNaN(left) && !float.IsNaN(right) && Compare(sign, left.CompareTo(right)),
    };

    private static object Calculate(TokenKind sign, decimal left, decimal right) => sign switch
    {
        TokenKind.Plus => left + right,
        TokenKind.Minus => left - right,
        TokenKind.Star => left * right,
        TokenKind.Slash => left / right,
        TokenKind.DoubleSlash => Math.Round(left / right),
        TokenKind.Percent => left % right,
        _ => Compare(sign, left.CompareTo(right)),
    };

    /// <param name="order">As of <see cref="IComparable"/>.</param>
    public static bool Compare(TokenKind sign, int order) => sign switch
    {
        TokenKind.Equal => order == 0,
        TokenKind.NotEqual => order != 0,
        TokenKind.Less => order < 0,
        TokenKind.LessOrEqual => order <= 0,
        TokenKind.Greater => order > 0,
        TokenKind.GreaterOrEqual => order >= 0,
        _ => throw new NotSupportedException(),
    };
}
