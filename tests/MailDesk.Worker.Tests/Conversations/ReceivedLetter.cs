using System.Net;
using System.Text.RegularExpressions;
using MailDesk.Domain;
using MailDesk.Mail.Mime;
using MailDesk.Mail.Text;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Tests.Conversations;

/// <summary>A letter of the desk as its reader's program shows it.</summary>
internal sealed partial class ReceivedLetter
{
    public ReceivedLetter(LetterRow row)
    {
        Kind = row.Kind;
        Recipient = row.Recipient;
        Raw = Compression.Decompress(row.Content!.Compressed);
        Message = MimeParser.Parse(Raw);
        Text = FormatFlowed.Decode(Message.TextBody ?? "", delSp: false).ReplaceLineEndings("\n");
    }

    public LetterKind Kind { get; }

    public string Recipient { get; }

    public byte[] Raw { get; }

    public MailMessage Message { get; }

    /// <summary>The text part, its paragraphs unwrapped.</summary>
    public string Text { get; }

    /// <summary>The mail that a button of the letter prepares (RFC 6068).</summary>
    public (string Address, string Subject, string Body) Button(string label)
    {
        var link = Links().Matches(Message.HtmlBody ?? "").FirstOrDefault(m => WebUtility.HtmlDecode(m.Groups["label"].Value).Trim() == label)
            ?? throw new ConversationException($"the letter has no button «{label}»:\n{this}");
        return (Part(link, "address"), Part(link, "subject"), Part(link, "body"));
    }

    public override string ToString() => $"""
          desk -> {Recipient} [{Kind}]: {Message.Subject}
            {Text.Trim().ReplaceLineEndings("\n    ")}
        """;

    private static string Part(Match match, string group) => Uri.UnescapeDataString(WebUtility.HtmlDecode(match.Groups[group].Value));

    [GeneratedRegex("href=\"mailto:(?<address>[^?\"]+)\\?subject=(?<subject>[^&\"]*)&amp;body=(?<body>[^&\"]*)\"[^>]*>(?<label>[^<]*)<", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Links();
}
