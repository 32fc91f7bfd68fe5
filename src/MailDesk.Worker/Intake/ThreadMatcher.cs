using System.Text.RegularExpressions;
using MailDesk.Domain;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Security;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Intake;

/// <param name="Token">Proof that the writer holds a letter of the desk; null when there was only a hint.</param>
public sealed record ThreadMatch(TicketNumber Ticket, ReplyToken? Token);

/// <summary>
/// Finds the request that a message belongs to (MAIL.md §2). Sources in order: Message-IDs that the desk made, the token in an address, the
/// token in the text (these three prove that the writer holds a letter of ours), Message-IDs of mail that was recorded, the tag in the
/// subject (these two are only hints). The first that answers wins; a tag that contradicts is logged.
/// </summary>
public sealed partial class ThreadMatcher(LetterTokens tokens, DeskSettings settings, ILogger<ThreadMatcher> log)
{
    private readonly Regex _tag = TagPattern(settings.Desk.NumberPrefix, """\[{0}(C?)-(\d{{1,9}})\]""");
    private readonly Regex _textToken = TagPattern(settings.Desk.NumberPrefix, """{0}C?-\d{{1,9}}\s?·\s?((?:c?\d{{1,9}})\.[ce][a-z2-7]{{18}})""");

    public async Task<ThreadMatch?> MatchAsync(IncomingMail mail, DeskContext db, CancellationToken cancellationToken)
    {
        var tagged = ReadTag(mail.Message.Subject);
        if (ReadProof(mail) is { } token)
        {
            if (tagged is { } tag && tag != token.Ticket) LogContradiction(mail.Id, token.Ticket, tag);
            return new ThreadMatch(token.Ticket, token);
        }

        if (await FindByRecordedMailAsync(mail, db, cancellationToken) is { } found) return new ThreadMatch(found, null);
        return tagged is { } hint ? new ThreadMatch(hint, null) : null;
    }

    /// <summary>Whether two messages name one request, or one message of a conversation; a guess on the safe side, which asks no database.</summary>
    public bool MayBeOfOneRequest(IncomingMail one, IncomingMail other)
    {
        if (ReadTag(one.Message.Subject) is { } tag && tag == ReadTag(other.Message.Subject)) return true;
        HashSet<string> conversation = [.. Conversation(one)];
        return conversation.Overlaps(Conversation(other));
    }

    /// <summary>The subject without tags and reply prefixes, as the client would write it.</summary>
    public string BareSubject(string subject) => ReplyPrefix().Replace(_tag.Replace(subject, ""), "").Trim();

    /// <summary>Whether a text holds one of the desk's tokens: it is then, or quotes, a letter to one reader and must not be sent on to another.</summary>
    public bool HoldsToken(string text) => TextTokens(text).Any();

    /// <summary>
    /// The text fit for another reader than the desk wrote to: without tokens, and without the lines of links that lead to an address with one.
    /// </summary>
    public string WithoutTokens(string text)
    {
        var lines = text.Split('\n').Where(line => !TokenLink().IsMatch(line)).Select(line => AddressToken().Replace(line, ""));
        return _textToken.Replace(string.Join('\n', lines), match => match.Value[..match.Value.IndexOf('·', StringComparison.Ordinal)].TrimEnd());
    }

    /// <summary>Whether the token was given to this very address.</summary>
    public bool IsBoundTo(ReplyToken token, string address) => tokens.IsBoundTo(token, address);

    private ReplyToken? ReadProof(IncomingMail mail) =>
        References(mail).Select(tokens.CheckMessageId).FirstOrDefault(token => token is not null)
        ?? AddressTokens(mail).Select(token => tokens.Check(token)).FirstOrDefault(token => token is not null)
        ?? TextTokens(mail.Text.Body).FirstOrDefault();

    private IEnumerable<ReplyToken> TextTokens(string text) => _textToken.Matches(text).Select(match => tokens.Check(match.Groups[1].ValueSpan)).OfType<ReplyToken>();

    /// <summary>In-Reply-To, then References from last to first.</summary>
    private static IEnumerable<string> References(IncomingMail mail) => mail.Message.InReplyTo.Concat(mail.Message.References.Reverse());

    private static IEnumerable<string> Conversation(IncomingMail mail) => mail.Message.MessageId is { } own ? References(mail).Append(own) : References(mail);

    private static IEnumerable<string> AddressTokens(IncomingMail mail)
    {
        var delivered = mail.Message.Headers.All("Delivered-To").Concat(mail.Message.Headers.All("X-Original-To")).Select(header => header.Value);
        foreach (var address in mail.Message.To.Concat(mail.Message.Cc).Select(mailbox => mailbox.Address).Concat(delivered))
        {
            var plus = address.IndexOf('+', StringComparison.Ordinal);
            var at = address.LastIndexOf('@');
            if (plus >= 0 && plus < at) yield return address[(plus + 1)..at];
        }
    }

    private static async Task<TicketNumber?> FindByRecordedMailAsync(IncomingMail mail, DeskContext db, CancellationToken cancellationToken)
    {
        var ids = References(mail).Take(20).ToList();
        if (ids.Count == 0) return null;
        var found = await db.Mails.AsNoTracking()
            .Where(m => ids.Contains(m.MessageId!) && m.TicketId != null)
            .Select(m => new { m.MessageId, m.Ticket!.Kind, m.Ticket.Number })
            .ToListAsync(cancellationToken);
        return ids.Select(id => found.Find(row => string.Equals(row.MessageId, id, StringComparison.Ordinal))).FirstOrDefault(row => row is not null) is { } first
            ? new TicketNumber(first.Kind, first.Number)
            : null;
    }

    private TicketNumber? ReadTag(string subject) =>
        _tag.Match(subject) is { Success: true } match && int.TryParse(match.Groups[2].ValueSpan, out var number)
            ? new TicketNumber(match.Groups[1].Length > 0 ? TicketKind.Complaint : TicketKind.Request, number)
            : null;

    private static Regex TagPattern(string prefix, string pattern) => new(
        string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, Regex.Escape(prefix)),
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Any number of Re:, RE[2]:, Fwd:, HA:, Отв:, AW: … at the beginning.</summary>
    [GeneratedRegex(
        @"^(\s*(re|fw|fwd|aw|wg|sv|ha|odp|отв|ответ|на|пересл|пер|адк|адказ)\s*((\[\d+\]|\(\d+\))\s*)?:)+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ReplyPrefix();

    /// <summary>"Confirm &lt;support+1042.b3v9…@desk.example&gt;", as a button reads in plain text.</summary>
    [GeneratedRegex(@"<[^<>\s+]{1,64}\+c?\d{1,9}\.[ce][a-z2-7]{18}@[^<>\s]{1,255}>\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TokenLink();

    [GeneratedRegex(@"\+c?\d{1,9}\.[ce][a-z2-7]{18}(?=@)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AddressToken();

    [LoggerMessage(EventId = 1201, Level = LogLevel.Warning, Message = "{Mail}: its token names request {Token}, its subject {Tag}; the token wins")]
    private partial void LogContradiction(string mail, TicketNumber token, TicketNumber tag);
}
