using System.Diagnostics.CodeAnalysis;

namespace MailDesk.Mail.Smtp;

/// <summary>A message and its envelope, checked and ready for any server.</summary>
/// <param name="Refused">Recipients whose addresses are none.</param>
internal sealed record SmtpLetter(
    SmtpPath From, IReadOnlyList<SmtpRecipient> Recipients, IReadOnlyList<RefusedRecipient> Refused, SmtpData Data)
{
    public static bool TryPrepare(
        MailEnvelope envelope,
        ReadOnlyMemory<byte> message,
        [NotNullWhen(true)] out SmtpLetter? letter,
        [NotNullWhen(false)] out SendResult.Refused? refusal)
    {
        letter = null;
        refusal = null;
        var from = SmtpPath.Null;
        if (envelope.From.Length > 0 && !SmtpPath.TryParse(envelope.From, out from))
        {
            refusal = new SendResult.Refused(LocalReply.BadSender);
            return false;
        }

        List<SmtpRecipient> recipients = [];
        List<RefusedRecipient> refused = [];
        foreach (var address in envelope.Recipients)
        {
            if (SmtpPath.TryParse(address, out var path)) recipients.Add(new SmtpRecipient(address, path));
            else refused.Add(new RefusedRecipient(address, LocalReply.BadRecipient));
        }

        if (recipients.Count == 0)
        {
            refusal = new SendResult.Refused(refused.Count > 0 ? LocalReply.BadRecipient : LocalReply.NoRecipient) { RefusedRecipients = refused };
            return false;
        }

        letter = new SmtpLetter(from, recipients, refused, new SmtpData(message));
        return true;
    }
}

/// <param name="Address">As the caller wrote it.</param>
internal sealed record SmtpRecipient(string Address, SmtpPath Path);

/// <summary>Refusals by the client itself, in the words and codes (RFC 3463 and its registry) that a server would use.</summary>
internal static class LocalReply
{
    public static SmtpReply BadSender { get; } = new(553, "5.1.7", "not sent: the return path is not a mail address");

    public static SmtpReply BadRecipient { get; } = new(553, "5.1.3", "not sent: not a mail address");

    public static SmtpReply NoRecipient { get; } = new(554, "5.5.1", "not sent: no recipient");

    public static SmtpReply NoUtf8 { get; } = new(553, "5.6.7", "not sent: the server does not take addresses with letters outside ASCII");

    public static SmtpReply NoUtf8Header { get; } =
        new(550, "5.6.9", "not sent: the header has an address with letters outside ASCII, which the server does not take (no SMTPUTF8)");

    public static SmtpReply No8Bit { get; } = new(554, "5.6.3", "not sent: the server takes no 8-bit content");

    public static SmtpReply TooBig(long size, long limit) =>
        new(552, "5.3.4", $"not sent: the message has {size} octets, the server takes {limit}");
}
