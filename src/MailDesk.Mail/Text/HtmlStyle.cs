using System.Buffers;

namespace MailDesk.Mail.Text;

/// <summary>The inherited part of style that decides which text is read and how its white space counts.</summary>
/// <param name="Hidden">Nothing in here is shown, whatever it says itself.</param>
/// <param name="Invisible">Not shown unless a descendant makes itself visible again (zero font size, <c>visibility:hidden</c>).</param>
internal readonly record struct HtmlStyle(bool Hidden, bool Invisible, bool KeepsSpace)
{
    private static readonly SearchValues<char> Number = SearchValues.Create("0123456789.");

    internal HtmlStyle Of(HtmlNode element)
    {
        var style = this;
        if (element["hidden"] is not null) style = style with { Hidden = true };
        if (element.Name is "pre") style = style with { KeepsSpace = true };
        if (element["style"] is { } declarations)
        {
            foreach (var declaration in declarations.AsSpan().Split(';')) style = style.With(declarations.AsSpan(declaration));
        }

        return style;
    }

    private HtmlStyle With(ReadOnlySpan<char> declaration)
    {
        var colon = declaration.IndexOf(':');
        if (colon < 0) return this;
        var name = declaration[..colon].Trim();
        var value = declaration[(colon + 1)..].Trim();
        var important = value.IndexOf('!');
        if (important >= 0) value = value[..important].TrimEnd();
        return name.Length > 20 ? this
            : Is(name, "display") ? this with { Hidden = Hidden || Is(value, "none") }
            : Is(name, "mso-hide") ? this with { Hidden = Hidden || Is(value, "all") }
            : Is(name, "visibility") ? this with { Invisible = Is(value, "hidden") || Is(value, "collapse") }
            : Is(name, "font-size") ? this with { Invisible = IsZero(value) }
            : Is(name, "white-space") ? this with { KeepsSpace = value.StartsWith("pre", StringComparison.OrdinalIgnoreCase) }
            : this;
    }

    /// <summary>0, 0px, 0.0pt; not 0.8em.</summary>
    private static bool IsZero(ReadOnlySpan<char> value)
    {
        var unit = value.IndexOfAnyExcept(Number);
        var number = unit < 0 ? value : value[..unit];
        return number.Length > 0 && number.IndexOfAnyInRange('1', '9') < 0;
    }

    private static bool Is(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
