using System.Globalization;
using System.Text.Json;

namespace MailDesk.Worker.Letters;

/// <summary>What templates know of <see cref="Trouble"/>.</summary>
internal static class TroubleModel
{
    private const long Kilobyte = 1024, Megabyte = 1024 * 1024;

    public static Dictionary<string, object?> Of(Trouble trouble, LetterLanguage language, SpelledDates dates)
    {
        var (allowed, allowedUnit) = Quantity(trouble.Limit, trouble.Limit?.Allowed, language.Culture);
        var (found, foundUnit) = Quantity(trouble.Limit, trouble.Limit?.Found, language.Culture);
        return new(StringComparer.Ordinal)
        {
            ["sender"] = trouble.Sender,
            ["subject"] = string.IsNullOrWhiteSpace(trouble.Subject) ? null : trouble.Subject,
            ["message_id"] = trouble.MessageId,
            ["at"] = trouble.At is { } at ? new Dictionary<string, object?>(StringComparer.Ordinal) { ["full"] = dates.Full(at) } : null,
            ["limit"] = trouble.Limit is { } limit ? JsonNamingPolicy.SnakeCaseLower.ConvertName(limit.Limit.ToString()) : null,
            ["limit_index"] = (int?)trouble.Limit?.Limit,
            ["allowed"] = allowed,
            ["allowed_unit"] = allowedUnit,
            ["found"] = found,
            ["found_unit"] = foundUnit,
            ["told"] = trouble.SenderTold,
            ["folder"] = trouble.Folder,
            ["mailbox"] = trouble.Mailbox,
            ["mail_id"] = trouble.MailId,
            ["error"] = trouble.Error,
            ["attempts"] = trouble.Attempts,
            ["kept"] = trouble.IsKept,
            ["recipient"] = trouble.Recipient,
            ["to_staff"] = trouble.ToStaff,
        };
    }

    /// <summary>Sizes in the unit that people say (0 kilobytes, 1 megabytes), rounded up so that what is over a limit never reads as the limit.</summary>
    private static (string? Number, int? Unit) Quantity(ExceededLimit? limit, long? number, CultureInfo culture)
    {
        if (limit is null || number is not { } value) return (null, null);
        if (limit.Limit != MailLimit.Size) return (value.ToString("N0", culture), null);
        var unit = limit.Allowed >= Megabyte ? 1 : 0;
        var tenths = Math.Ceiling(value * 10m / (unit == 1 ? Megabyte : Kilobyte)) / 10;
        return (tenths.ToString("0.#", culture), unit);
    }
}
