using System.Globalization;
using System.Runtime.InteropServices;
using MailDesk.Domain;

namespace MailDesk.Worker.Security;

/// <summary>The number that people use: MD-1042 for a request, MDC-17 for a complaint (rule 8.2).</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TicketNumber(TicketKind Kind, int Value)
{
    /// <summary>As letters and subjects show it.</summary>
    public string Display(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{(Kind == TicketKind.Complaint ? "C" : "")}-{Value}");

    /// <summary>As tokens carry it: 1042, c17.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Kind == TicketKind.Complaint ? "c" : "")}{Value}");

    public static bool TryParse(ReadOnlySpan<char> text, out TicketNumber number)
    {
        var complaint = text is ['c' or 'C', ..];
        if (int.TryParse(complaint ? text[1..] : text, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            number = new TicketNumber(complaint ? TicketKind.Complaint : TicketKind.Request, value);
            return true;
        }

        number = default;
        return false;
    }

    /// <summary>Reads what people write: 1042, MD-1042, [md-1042], № 1042, MDC-17.</summary>
    public static bool TryRead(string text, string prefix, out TicketNumber number)
    {
        var word = text.AsSpan().Trim(" \t[]#№");
        var complaint = false;
        if (word.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        {
            word = word[prefix.Length..];
            complaint = word is ['c' or 'C', ..];
            word = (complaint ? word[1..] : word).TrimStart(" -");
        }

        var valid = int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0;
        number = valid ? new TicketNumber(complaint ? TicketKind.Complaint : TicketKind.Request, value) : default;
        return valid;
    }
}
