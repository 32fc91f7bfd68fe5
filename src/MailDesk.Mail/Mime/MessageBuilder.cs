namespace MailDesk.Mail.Mime;

/// <summary>
/// Writes a message (RFC 5322, MIME) that every mail program reads: CRLF throughout, lines of 78 characters where possible and 998 at most,
/// ASCII in headers. The same properties give the same octets, so a retry repeats a letter exactly.
/// <para>No value can add a header: CR, LF and other control characters become spaces in text, and are refused in addresses,
/// identifiers and names of headers.</para>
/// </summary>
public sealed class MessageBuilder
{
    public required IReadOnlyList<MailboxAddress> From { get; init; }

    public MailboxAddress? Sender { get; init; }

    public IReadOnlyList<MailboxAddress> To { get; init; } = [];

    public IReadOnlyList<MailboxAddress> Cc { get; init; } = [];

    public IReadOnlyList<MailboxAddress> ReplyTo { get; init; } = [];

    public string Subject { get; init; } = "";

    public required DateTimeOffset Date { get; init; }

    /// <summary>Without angle brackets. The boundaries are derived from it.</summary>
    public required string MessageId { get; init; }

    public IReadOnlyList<string> InReplyTo { get; init; } = [];

    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Written in this order after the others, values as text: folded, and encoded where they are not ASCII.</summary>
    public IReadOnlyList<(string Name, string Value)> ExtraHeaders { get; init; } = [];

    public string? Text { get; init; }

    /// <summary>The text is already in the form of RFC 3676: <c>format=flowed</c> is declared.</summary>
    public bool TextIsFlowed { get; init; }

    public string? Html { get; init; }

    /// <summary>Those with a Content-ID go with the HTML (multipart/related), the others beside the text.</summary>
    public IReadOnlyList<OutgoingAttachment> Attachments { get; init; } = [];

    /// <exception cref="ArgumentException">An address, identifier, media type or header name that cannot be written safely.</exception>
    public byte[] Build()
    {
        var body = OutgoingEntity.Of(this);
        var headers = new HeaderWriter();
        headers.Addresses("From", From);
        if (Sender is not null) headers.Addresses("Sender", [Sender]);
        headers.Addresses("Reply-To", ReplyTo);
        headers.Addresses("To", To);
        headers.Addresses("Cc", Cc);
        headers.Text("Subject", Subject);
        headers.Verbatim("Date", MailDate.Format(Date));
        headers.Ids("Message-ID", [MessageId]);
        headers.Ids("In-Reply-To", InReplyTo);
        headers.Ids("References", References);
        foreach (var (name, value) in ExtraHeaders) headers.Text(name, value);
        headers.Verbatim("MIME-Version", "1.0");

        var message = new MessageLayout();
        body.AddTo(message, headers, new BoundarySource(MessageId));
        return message.ToArray();
    }
}

/// <param name="FileName">The name that the receiver sees; base name only is written. Null for none.</param>
/// <param name="ContentType">A media type such as <c>application/pdf</c>; parameters are not taken.</param>
/// <param name="ContentId">Set for an image that the HTML shows as <c>cid:…</c>; without angle brackets.</param>
public sealed record OutgoingAttachment(string? FileName, string ContentType, ReadOnlyMemory<byte> Content, string? ContentId = null);
