using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using MailDesk.Domain;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Letters;

/// <summary>The headers that letters carry besides the usual ones (MAIL.md §8).</summary>
internal static class LetterHeaders
{
    /// <summary>RFC 5537 §3.4.4 trims References likewise: the first, which is the thread's root, and the latest.</summary>
    private const int ReferenceLimit = 30;

    /// <summary>An identifier cannot be folded, and a line has 998 characters (RFC 5322 §2.1.1).</summary>
    private const int IdLength = 900;

    /// <summary>RFC 6838 §4.2.</summary>
    private static readonly SearchValues<char> MediaTypeCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&^_.+-");

    public static IReadOnlyList<(string Name, string Value)> Of(Letter letter)
    {
        var headers = new List<(string, string)> { (LetterComposer.MarkerHeader, letter.Marker) };
        if (AutoSubmitted(letter) is { } how) headers.Add(("Auto-Submitted", how));
        // QUIRK: Exchange answers whatever does not forbid it, and knows this header rather than RFC 3834's.
        headers.Add(("X-Auto-Response-Suppress", "All"));
        if (letter.Tag is { } tag) headers.Add(("Thread-Index", ThreadIndex(tag, letter.From.Address)));
        return headers;
    }

    /// <summary>RFC 3834 §5: absent on what a person wrote, "auto-replied" on an answer to a mail, "auto-generated" on all else.</summary>
    private static string? AutoSubmitted(Letter letter) => letter.Kind switch
    {
        LetterKind.Answer or LetterKind.Question => null,
        LetterKind.Completed or LetterKind.ThirdParty or LetterKind.DatePromised or LetterKind.ComplaintProgress or LetterKind.ComplaintAnswered when !string.IsNullOrWhiteSpace(letter.Words) => null,
        LetterKind.Registered or LetterKind.ComplaintRegistered or LetterKind.ReplyToClosed or LetterKind.NotAuthorised or LetterKind.Transcript or LetterKind.TooLarge
            or LetterKind.PersonChangeAsked or LetterKind.History or LetterKind.Help or LetterKind.Corrected or LetterKind.List or LetterKind.Search => "auto-replied",
        LetterKind.MonthlyReport when letter.InReplyTo is not null => "auto-replied",
        LetterKind.Closed when letter.ClosingReason == ClosingReason.ConfirmedByClient => "auto-replied",
        _ => "auto-generated",
    };

    /// <summary>
    /// How the limits for one address treat a letter (MAIL.md §8). People's own words are not automatic. An engineer's notices of clients' mail
    /// and of deadlines are work that minutes count for; what strangers or an endless exchange can cause is limited for engineers as well.
    /// </summary>
    public static LetterPace PaceOf(Letter letter)
    {
        if (AutoSubmitted(letter) is not { } how) return LetterPace.Free;
        if (letter.Role == LetterRole.Client) return how is "auto-replied" ? LetterPace.Reply : LetterPace.Paced;
        return letter.Kind switch
        {
            LetterKind.TooLarge or LetterKind.OverLimit => LetterPace.Reply,
            LetterKind.Transcript when letter.Transcript.Any(line => !line.IsGood) => LetterPace.Reply,
            _ when letter.HeldReason is not null => LetterPace.Reply,
            LetterKind.Unprocessable or LetterKind.Undelivered => LetterPace.Paced,
            _ => LetterPace.Free,
        };
    }

    /// <summary>
    /// The root of a conversation as Outlook groups them ([MS-OXOMSG] 2.2.1.3): six bytes of a FILETIME and a GUID. All of it is derived
    /// from the tag and the desk's domain, so that every letter of a request has the same.
    /// </summary>
    private static string ThreadIndex(string tag, string address)
    {
        // 1 January 2026, UTC: Outlook wants a plausible time and does not show it.
        ReadOnlySpan<byte> time = [0x01, 0xDC, 0x7A, 0xB1, 0x92, 0x81];
        var request = SHA256.HashData(Encoding.UTF8.GetBytes(tag + address[(address.LastIndexOf('@') + 1)..]));
        return Convert.ToBase64String([.. time, .. request.AsSpan(0, 16)]);
    }

    /// <summary>Message-IDs come from any stranger's mail: one that cannot be written back is left out.</summary>
    public static IReadOnlyList<string> SafeIds(IReadOnlyList<string> ids)
    {
        string[] safe = [.. ids.Where(IsSafeId)];
        return safe.Length <= ReferenceLimit ? safe : [safe[0], .. safe[^(ReferenceLimit - 1)..]];
    }

    /// <summary>The type that a stranger's mail gave an attachment, without parameters; bytes of no type where it is none.</summary>
    public static string SafeMediaType(string type) =>
        type.Split('/') is [{ Length: > 0 and < 100 } main, { Length: > 0 and < 100 } sub] && !(main + sub).AsSpan().ContainsAnyExcept(MediaTypeCharacters)
            ? type
            : "application/octet-stream";

    private static bool IsSafeId(string id) =>
        id.Length is > 0 and <= IdLength && !id.AsSpan().ContainsAnyExceptInRange('!', '~') && !id.AsSpan().ContainsAny('<', '>');
}
