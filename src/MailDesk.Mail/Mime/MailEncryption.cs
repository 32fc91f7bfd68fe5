namespace MailDesk.Mail.Mime;

/// <summary>How a message is encrypted. The desk has no keys: it can only tell the sender.</summary>
public enum MailEncryption
{
    None,

    /// <summary>CMS enveloped data (RFC 8551 §3.3), authenticated or not.</summary>
    Smime,

    /// <summary>RFC 3156 §4.</summary>
    PgpMime,

    /// <summary>An armoured block (RFC 9580 §6.2) that is the text of the message.</summary>
    PgpInline,
}

/// <summary>Tells encrypted mail from mail that has an encrypted file: the former has no text of its own.</summary>
internal static class EncryptionFinder
{
    private const string Armour = "-----BEGIN PGP MESSAGE-----";

    public static MailEncryption Of(MailMessage message)
    {
        if (IsEncrypted(message.Body) || message.Body is MultipartEntity { Children: [var first, ..] } && IsEncrypted(first)) return MailEncryption.PgpMime;
        var hasText = !string.IsNullOrWhiteSpace(message.TextBody) || !string.IsNullOrWhiteSpace(message.HtmlBody);
        if (!hasText)
        {
            // QUIRK: Exchange makes multipart/mixed of it; the parts stay what they were.
            if (message.Parts.Any(p => p.ContentType.Is("application", "pgp-encrypted"))) return MailEncryption.PgpMime;
            return message.Parts.Any(SmimeContent.IsEnveloped) ? MailEncryption.Smime : MailEncryption.None;
        }

        return message.TextBody is { } text && text.AsSpan().TrimStart().StartsWith(Armour, StringComparison.Ordinal) ? MailEncryption.PgpInline : MailEncryption.None;
    }

    private static bool IsEncrypted(MimeEntity entity) => entity.ContentType.Is("multipart", "encrypted");
}
