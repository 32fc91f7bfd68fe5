using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Sandbox;

/// <summary>A message that SEARCH looks at. Parsed and decoded only when a key asks for it.</summary>
internal sealed class SearchCandidate(int number, StoredMessage message, bool isRecent)
{
    public int Number => number;

    public StoredMessage Message => message;

    public bool IsRecent => isRecent;

    public MailMessage Mail => field ??= new ImapMessage(message.Raw).Parsed;

    /// <summary>Its day as written in the Date field, whatever the zone (RFC 3501 §6.4.4).</summary>
    public DateOnly? SentOn => Mail.Date is { } date ? DateOnly.FromDateTime(date.DateTime) : null;

    public DateOnly ReceivedOn => DateOnly.FromDateTime(message.InternalDate.DateTime);

    private IReadOnlyList<string> Texts =>
        field ??= [.. Mail.Parts.Where(p => p.ContentType.Type is "text" or "message").Select(p => p.DecodeText())];

    /// <summary>An empty text finds any field of that name.</summary>
    public bool HeaderContains(string name, string text) => Mail.Headers.All(name).Any(h => Contains(h.Value, text));

    public bool AnyHeaderContains(string text) => Mail.Headers.Any(h => Contains(h.ToString(), text));

    public bool BodyContains(string text) => Texts.Any(t => Contains(t, text));

    private static bool Contains(string where, string what) => where.Contains(what, StringComparison.OrdinalIgnoreCase);
}
