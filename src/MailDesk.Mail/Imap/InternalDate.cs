using System.Buffers.Text;

namespace MailDesk.Mail.Imap;

/// <summary>The date-time of RFC 9051 §9: <c>"17-Jul-1996 02:44:25 -0700"</c>, the day padded with a space or not at all.</summary>
internal static class InternalDate
{
    private static ReadOnlySpan<byte> Months => "janfebmaraprmayjunjulaugsepoctnovdec"u8;

    /// <returns>False when this is no date; <paramref name="date"/> is in UTC.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset date)
    {
        date = default;
        text = text.Trim((byte)' ');
        var dash = text.IndexOf((byte)'-');
        if (dash is not (1 or 2)) return false;
        var rest = text[(dash + 1)..];
        if (rest.Length < 17 || rest[3] != '-' || rest[8] != ' ' || rest[11] != ':' || rest[14] != ':') return false;
        Span<byte> name = [(byte)(rest[0] | 0x20), (byte)(rest[1] | 0x20), (byte)(rest[2] | 0x20)];
        var month = Months.IndexOf(name);
        if (month < 0 || month % 3 != 0
            || !TryNumber(text[..dash], out var day) || !TryNumber(rest[4..8], out var year)
            || !TryNumber(rest[9..11], out var hour) || !TryNumber(rest[12..14], out var minute) || !TryNumber(rest[15..17], out var second)
            || !TryZone(rest[17..].Trim((byte)' '), out var zone)
            || year < 1 || day < 1 || day > DateTime.DaysInMonth(year, (month / 3) + 1) || hour > 23 || minute > 59 || second > 60) return false;
        var local = new DateTime(year, (month / 3) + 1, day, hour, minute, Math.Min(second, 59), DateTimeKind.Unspecified);
        if (local.Year is 1 or 9999) return false; // the zone could carry it over the edge
        date = new DateTimeOffset(local - zone, TimeSpan.Zero);
        return true;
    }

    /// <summary>A missing zone counts as UTC.</summary>
    private static bool TryZone(ReadOnlySpan<byte> text, out TimeSpan zone)
    {
        zone = TimeSpan.Zero;
        if (text.IsEmpty) return true;
        if (text.Length != 5 || text[0] is not ((byte)'+' or (byte)'-')
            || !TryNumber(text[1..3], out var hours) || !TryNumber(text[3..], out var minutes) || minutes > 59) return false;
        zone = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number) =>
        Utf8Parser.TryParse(digits, out number, out var used) && used == digits.Length && digits[0] is >= (byte)'0' and <= (byte)'9';
}
