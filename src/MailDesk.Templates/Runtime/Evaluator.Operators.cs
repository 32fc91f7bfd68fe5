using System.Net;
using System.Text;
using MailDesk.Templates.Syntax;

namespace MailDesk.Templates.Runtime;

/// <summary>Offsets to name in an error of an operator.</summary>
internal readonly record struct Places(int Operator, int Left, int Right, Node Node);

internal sealed partial class Evaluator
{
    /// <summary>A list may hold itself.</summary>
    private const int ComparisonDepthLimit = 32;

    private int _comparisons;

    private object? Evaluate(Unary unary)
    {
        var value = Evaluate(unary.Operand);
        if (unary.Operator == TokenKind.Not)
        {
            return !IsTrue(value);
        }

        var negate = unary.Operator == TokenKind.Minus;
        return value switch
        {
            int number => negate ? Number.Fit(-(long)number) : value,
            long number => negate ? Number.Fit(unchecked(-number)) : value,
            double number => negate ? -number : value,
            float number => negate ? -number : value,
            decimal number => negate ? -number : value,
            _ => throw Error(unary.Operand.Start, $"a number is needed here, and this is {Describe(value)}"),
        };
    }

    private object? Evaluate(Binary binary)
    {
        var left = Evaluate(binary.Left);
        return binary.Operator switch
        {
            TokenKind.And => IsTrue(left) && IsTrue(Evaluate(binary.Right)),
            TokenKind.Or => IsTrue(left) || IsTrue(Evaluate(binary.Right)),
            TokenKind.Coalesce => left ?? Evaluate(binary.Right),
            _ => Calculate(binary.Operator, left, Evaluate(binary.Right), new Places(binary.OperatorStart, binary.Left.Start, binary.Right.Start, binary)),
        };
    }

    /// <summary>Text first: beside a text everything is one. Then lists, then nulls, then numbers and times.</summary>
    public object? Calculate(TokenKind sign, object? left, object? right, Places places)
    {
        if (left is string or Markup || right is string or Markup)
        {
            return CalculateText(sign, left, right, places);
        }

        if (left is IReadOnlyList<object?> || right is IReadOnlyList<object?>)
        {
            return CalculateLists(sign, left, right, places);
        }

        if (left is null || right is null)
        {
            var bothNull = left is null && right is null;
            return sign switch
            {
                TokenKind.Equal => bothNull,
                TokenKind.NotEqual => !bothNull,
                TokenKind.Less or TokenKind.LessOrEqual or TokenKind.Greater or TokenKind.GreaterOrEqual => false,
                _ => null,
            };
        }

        try
        {
            return Number.Rank(left) >= 0 && Number.Rank(right) >= 0 ? Number.Calculate(sign, left, right) : Time.Calculate(sign, left, right);
        }
        catch (NotSupportedException)
        {
            throw NotFor(places.Operator, sign, left, right);
        }
        catch (ArithmeticException e)
        {
            throw Error(places.Operator, e is DivideByZeroException ? "this divides by zero" : "the result is too large");
        }
        catch (ArgumentOutOfRangeException)
        {
            throw Error(places.Operator, "the result is out of the range of dates");
        }
    }

    private TemplateException NotFor(int place, TokenKind sign, object? left, object? right) =>
        Error(place, $"{sign} is not for {Describe(left)} and {Describe(right)}");

    private object CalculateText(TokenKind sign, object? left, object? right, Places places)
    {
        switch (sign)
        {
            case TokenKind.Plus:
                return Concatenate(left, right, places.Node);
            case TokenKind.Star:
                var (text, times, place) = right is string or Markup ? (right, left, places.Left) : (left, right, places.Right);
                return Repeat(text!, times, place, places.Node);
            default:
                var (l, r) = (Text(places.Node, left) ?? "", Text(places.Node, right) ?? "");
                try
                {
                    return sign is TokenKind.Equal or TokenKind.NotEqual
                        ? string.Equals(l, r, StringComparison.Ordinal) == (sign == TokenKind.Equal)
                        : Number.Compare(sign, Options.Culture.CompareInfo.Compare(l, r));
                }
                catch (NotSupportedException)
                {
                    throw NotFor(places.Operator, sign, left, right);
                }
        }
    }

    /// <summary>Markup stays markup, and what is put beside it is escaped.</summary>
    private object Concatenate(object? left, object? right, Node node)
    {
        var (l, r) = (Text(node, left) ?? "", Text(node, right) ?? "");
        SpendText(node, (long)l.Length + r.Length);
        if (left is not Markup && right is not Markup)
        {
            return string.Concat(l, r);
        }

        return new Markup((left is Markup ? l : WebUtility.HtmlEncode(l)) + (right is Markup ? r : WebUtility.HtmlEncode(r)));
    }

    private object Repeat(object text, object? times, int place, Node node)
    {
        if (times is not null && Number.Rank(times) < 0)
        {
            throw Error(place, $"a text can be multiplied by a number, not by {Describe(times)}");
        }

        var (part, count) = (text.ToString()!, Math.Max(0, ToInteger(place, times)));
        SpendText(node, (long)part.Length * count);
        var repeated = new StringBuilder().Insert(0, part, count).ToString();
        return text is Markup ? new Markup(repeated) : repeated;
    }

    private object CalculateLists(TokenKind sign, object? left, object? right, Places places)
    {
        if (sign == TokenKind.Star)
        {
            throw NotFor(places.Operator, sign, left, right);
        }

        if (left is not IReadOnlyList<object?> l)
        {
            throw NotFor(places.Left, sign, left, right);
        }

        if (right is not IReadOnlyList<object?> r)
        {
            throw NotFor(places.Right, sign, left, right);
        }

        Spend(places.Node, (long)l.Count + r.Count);
        return sign switch
        {
            TokenKind.Plus => new Iterator([.. List(places.Node, l)!, .. List(places.Node, r)!]),
            TokenKind.Equal or TokenKind.NotEqual or TokenKind.Less or TokenKind.LessOrEqual or TokenKind.Greater or TokenKind.GreaterOrEqual
                => CompareLists(sign, l, r, places),
            _ => throw NotFor(places.Operator, sign, left, right),
        };
    }

    /// <summary>The longer list is the greater; of two of one length every pair of items must fit.</summary>
    private bool CompareLists(TokenKind sign, IReadOnlyList<object?> left, IReadOnlyList<object?> right, Places places)
    {
        var order = left.Count.CompareTo(right.Count);
        if (order != 0 || left.Count == 0)
        {
            return Number.Compare(sign, order);
        }

        if (++_comparisons > ComparisonDepthLimit)
        {
            throw Error(places.Operator, "these lists are nested too deep to be compared");
        }

        var fits = true;
        for (var i = 0; i < left.Count && fits; i++)
        {
            fits = Calculate(sign, Import(places.Node, left[i]), Import(places.Node, right[i]), places) is true;
        }

        _comparisons--;
        return fits;
    }

    private int Integer(Node node, object? value) => ToInteger(node.Start, value);

    public int ToInteger(int place, object? value)
    {
        try
        {
            return value switch
            {
                int number => number,
                null => 0,
                Markup markup => Convert.ToInt32(markup.Html, Options.Culture),
                IConvertible => Convert.ToInt32(value, Options.Culture),
                _ => throw new InvalidCastException(),
            };
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException)
        {
            throw Error(place, $"a whole number is needed here, and this is {Describe(value)}");
        }
    }
}
