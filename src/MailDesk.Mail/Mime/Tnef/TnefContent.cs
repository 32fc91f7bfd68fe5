namespace MailDesk.Mail.Mime.Tnef;

/// <summary>What a winmail.dat holds, as ordinary parts.</summary>
/// <param name="Text">The body as text/plain, or null.</param>
/// <param name="Html">The body as text/html, or null.</param>
/// <param name="Attachments">The files, those of enclosed messages among them.</param>
/// <param name="SaysAll">False when there is more in it than these parts tell, such as an appointment or a contact.</param>
/// <param name="Damage">What is wrong with it, or null.</param>
internal sealed record TnefContent(MimePart? Text, MimePart? Html, IReadOnlyList<MimePart> Attachments, bool SaysAll, string? Damage)
{
    /// <summary>By its type, or by the name under which gateways pass it on; cheap enough to ask of every part.</summary>
    public static bool Is(MimePart part) => part.ContentType is { Type: "application", Subtype: "ms-tnef" or "vnd.ms-tnef" }
        || part.ContentType is { Type: "application", Subtype: "octet-stream" } && part.FileName is { Length: 7 or 11 } name
            && (name.Equals("winmail.dat", StringComparison.OrdinalIgnoreCase) || name.Equals("win.dat", StringComparison.OrdinalIgnoreCase));
}
