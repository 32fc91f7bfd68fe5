namespace MailDesk.Mail.Mime;

/// <summary>
/// A message as it was read. Everything is decoded on first use and then kept; reading from several threads is safe.
/// <see cref="MimeParser.Parse"/> makes one.
/// </summary>
public sealed class MailMessage
{
    private readonly List<MimePart> _parts;
    private readonly List<MimeDefect> _defects;
    private MessageBodies? _bodies;
    private MailEncryption? _encryption;

    internal MailMessage(ReadOnlyMemory<byte> raw, MimeEntity body, List<MimePart> parts, List<MimeDefect> defects, bool limitExceeded)
    {
        Raw = raw;
        Body = body;
        _parts = parts;
        _defects = defects;
        LimitExceeded = limitExceeded;
    }

    public ReadOnlyMemory<byte> Raw { get; }

    public HeaderList Headers => Body.Headers;

    /// <summary>Empty when there is none.</summary>
    public string Subject => field ??= Headers["Subject"] ?? "";

    /// <summary>Null when it is missing or no date. What the sender claims: years to come are possible.</summary>
    public DateTimeOffset? Date => Headers.First("Date") is { } date ? MailDate.Parse(date.Text) : null;

    /// <summary>Without its angle brackets.</summary>
    public string? MessageId => Headers.First("Message-ID") is { } id ? MessageIds.First(id.Text) : null;

    public IReadOnlyList<string> InReplyTo => field ??= Ids("In-Reply-To");

    public IReadOnlyList<string> References => field ??= Ids("References");

    /// <summary>All of them, from every From field: an address must not hide in a second one.</summary>
    public IReadOnlyList<MailboxAddress> From => field ??= Addresses("From");

    public IReadOnlyList<MailboxAddress> ReplyTo => field ??= Addresses("Reply-To");

    public IReadOnlyList<MailboxAddress> To => field ??= Addresses("To");

    public IReadOnlyList<MailboxAddress> Cc => field ??= Addresses("Cc");

    public MailboxAddress? Sender => Addresses("Sender") is [var first, ..] ? first : null;

    /// <summary>The root of the tree.</summary>
    public MimeEntity Body { get; }

    /// <summary>Every leaf, in order.</summary>
    public IReadOnlyList<MimePart> Parts => _parts;

    /// <summary>
    /// What a person would save: leaves marked as attachments, named ones, and all that is neither the text of the message nor
    /// another form of it. Images of the HTML body are among them; they have a <see cref="MimeEntity.ContentId"/>. What is wrapped in a
    /// winmail.dat stands in its place, though it is none of <see cref="Parts"/>.
    /// </summary>
    public IReadOnlyList<MimePart> Attachments => Bodies.Attachments;

    /// <summary>The text of the message when it has one that says all: see <see cref="MessageBodies"/>.</summary>
    public string? TextBody => Bodies.Text;

    public string? HtmlBody => Bodies.Html;

    /// <summary>The part that <see cref="TextBody"/> (its beginning) came from.</summary>
    public MimePart? TextPart => Bodies.TextPart;

    public MimePart? HtmlPart => Bodies.HtmlPart;

    /// <summary>Whether the text is there to be read at all.</summary>
    public MailEncryption Encryption => _encryption ??= EncryptionFinder.Of(this);

    /// <summary>Of the structure, and of what is wrapped within (winmail.dat): asking for them opens that.</summary>
    public IReadOnlyList<MimeDefect> Defects => field ??= Bodies.Defects.Count == 0 ? _defects : [.. _defects, .. Bodies.Defects];

    public bool LimitExceeded { get; }

    /// <summary>The part that HTML names by <c>cid:</c> (RFC 2392): an image within the text.</summary>
    /// <param name="contentId">The Content-ID, with or without brackets, or the whole URL.</param>
    public MimePart? FindByContentId(string contentId)
    {
        var id = contentId.StartsWith("cid:", StringComparison.OrdinalIgnoreCase) ? Uri.UnescapeDataString(contentId[4..]) : contentId;
        id = id.Trim('<', '>', ' ');
        return Parts.Concat(Attachments).FirstOrDefault(p => string.Equals(p.ContentId, id, StringComparison.Ordinal));
    }

    private MessageBodies Bodies => _bodies ??= MessageBodies.Of(this);

    private List<MailboxAddress> Addresses(string name) => [.. Headers.All(name).SelectMany(h => AddressParser.Parse(h.Text))];

    private List<string> Ids(string name) => [.. Headers.All(name).SelectMany(h => MessageIds.All(h.Text))];
}
