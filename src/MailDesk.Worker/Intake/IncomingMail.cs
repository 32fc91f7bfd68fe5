using System.Security.Cryptography;
using System.Text;
using MailDesk.Mail.Imap;
using MailDesk.Mail.Mime;
using MailDesk.Mail.Text;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Intake;

/// <summary>A message as it was fetched, parsed once for all that follows.</summary>
public sealed class IncomingMail
{
    private const string Probe = "word";

    private static readonly IntakeOptions Standard = new();

    private static readonly string[] HashedHeaders = ["Message-ID", "From", "Date", "Subject"];

    private IncomingMail(MailboxOptions mailbox, uint uidValidity, FetchedMessage fetched, MailMessage message, byte[] contentHash, ExceededLimit? exceeded)
    {
        Mailbox = mailbox;
        UidValidity = uidValidity;
        Uid = fetched.Summary.Uid;
        Id = $"{mailbox.Address}/{uidValidity}/{Uid}";
        ReceivedAt = fetched.Summary.InternalDate;
        Raw = fetched.Raw;
        Message = message;
        ContentHash = contentHash;
        Exceeded = exceeded;
        IsBeginning = fetched.Summary.Size > fetched.Raw.Length && exceeded is { Limit: MailLimit.Size };
        Text = MessageText.Of(message, LetterComposer.Markers);
        SaysNothing = QuotationStripper.Strip(
            $"{Probe}\n\n{(Text.Uncertain ? Text.Body : Text.NewText)}", LetterComposer.Markers, forwarded: !Text.Uncertain) is { Uncertain: false, Text: Probe };
        Sender = message.From is [var from, ..] ? from : message.Sender;
    }

    public MailboxOptions Mailbox { get; }

    public uint UidValidity { get; }

    public uint Uid { get; }

    /// <summary>The name of this message in the log: mailbox/UIDVALIDITY/UID.</summary>
    public string Id { get; }

    /// <summary>INTERNALDATE, UTC.</summary>
    public DateTimeOffset ReceivedAt { get; }

    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary><see cref="Raw"/> as it is kept; compressed when it is first asked for.</summary>
    public byte[] Compressed => field ??= Compression.Compress(Raw.Span);

    public MailMessage Message { get; }

    /// <summary>
    /// The same for every copy of a message whichever way it came: over the headers that its writer made and the body, not over the trace
    /// that servers add on the way.
    /// </summary>
    public byte[] ContentHash { get; }

    public BodyText Text { get; }

    /// <summary>The limit of MAIL.md §1 that it is over; null for nearly every mail.</summary>
    public ExceededLimit? Exceeded { get; }

    /// <summary><see cref="Raw"/> and <see cref="Message"/> are only the beginning of a message that is too large to be kept in memory.</summary>
    public bool IsBeginning { get; }

    /// <summary>
    /// Whether its writer has added nothing to what is quoted but a signature (rule 7.1). The new text is then the whole body, for want of
    /// anything better; the test is whether a word above it would be all that was said.
    /// </summary>
    public bool SaysNothing { get; }

    /// <summary>Who wrote it, by its own word; null when it does not say.</summary>
    public MailboxAddress? Sender { get; }

    /// <param name="limits">Null for the limits that MAIL.md §1 names.</param>
    public static IncomingMail Read(MailboxOptions mailbox, uint uidValidity, FetchedMessage fetched, IntakeOptions? limits = null)
    {
        var message = MimeParser.Parse(fetched.Raw, MailLimits.ForParser(limits ?? Standard));
        using var hash = BeginHash(message.Headers, fetched.Raw.Span);
        return new(mailbox, uidValidity, fetched, message, hash.GetHashAndReset(), MailLimits.FirstExceeded(message, limits ?? Standard));
    }

    /// <param name="large">The whole message has streamed through it.</param>
    public static IncomingMail ReadBeginning(MailboxOptions mailbox, uint uidValidity, MessageSummary summary, LargeMailStream large, IntakeOptions limits) =>
        new(
            mailbox, uidValidity, new FetchedMessage(summary with { Size = large.Size }, large.Beginning), MimeParser.Parse(large.Beginning, MailLimits.ForParser(limits)),
            large.ContentHash(), new ExceededLimit(MailLimit.Size, limits.MaxMessageBytes, large.Size));

    /// <summary>A hash that has taken in the headers and the body's beginning; the rest of the body can follow.</summary>
    /// <param name="raw">The message, or a beginning of it in which the headers end.</param>
    internal static IncrementalHash BeginHash(HeaderList headers, ReadOnlySpan<byte> raw)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in HashedHeaders)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}:{headers[name]}\n"));
        }

        hash.AppendData(BodyOf(raw));
        return hash;
    }

    private static ReadOnlySpan<byte> BodyOf(ReadOnlySpan<byte> raw)
    {
        var end = raw.IndexOf("\r\n\r\n"u8);
        if (end >= 0) return raw[(end + 4)..];
        end = raw.IndexOf("\n\n"u8);
        return end >= 0 ? raw[(end + 2)..] : raw;
    }
}
