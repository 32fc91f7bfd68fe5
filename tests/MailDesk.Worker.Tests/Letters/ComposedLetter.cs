using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using MailDesk.Mail.Mime;
using MailDesk.Mail.Text;
using MailDesk.Templates;
using MailDesk.Worker.Letters;

namespace MailDesk.Worker.Tests.Letters;

/// <summary>A letter composed with the shipped templates, and read back as its receiver's program would.</summary>
internal sealed class ComposedLetter
{
    public ComposedLetter(Letter letter)
    {
        Raw = Composer.Compose(letter);
        Message = MimeParser.Parse(Raw);
        Html = Message.HtmlBody ?? "";
        Text = FormatFlowed.Decode(Message.TextBody ?? "", delSp: false).ReplaceLineEndings("\n");
    }

    public static string TemplateDirectory { get; } = Path.Combine(AppContext.BaseDirectory, "templates");

    private static LetterComposer Composer { get; } = new(TemplateSet.Load(TemplateDirectory), "Demo Cloud");

    public byte[] Raw { get; }

    public MailMessage Message { get; }

    public string Html { get; }

    /// <summary>The text part, its paragraphs unwrapped.</summary>
    public string Text { get; }

    public string Header(string name) => Message.Headers[name] ?? "";

    public IReadOnlyList<string> WireLines => Encoding.Latin1.GetString(Raw).Split("\r\n");

    public static ComposedLetter OfSample(string name, string language, Func<Letter, Letter>? change = null)
    {
        var letter = LetterSamples.All(language).Single(s => s.Name == name).Letter;
        return new ComposedLetter(change?.Invoke(letter) ?? letter);
    }

    /// <summary>The mailto links in the order in which they stand: address, subject and body, decoded as RFC 6068 says.</summary>
    public IReadOnlyList<(string Address, string Subject, string Body)> ReplyLinks =>
        [.. Regex.Matches(Html, "href=\"mailto:(?<address>[^?]+)\\?subject=(?<subject>[^&\"]*)&amp;body=(?<body>[^&\"]*)\"", RegexOptions.NonBacktracking)
            .Select(m => (Part(m, "address"), Part(m, "subject"), Part(m, "body")))];

    private static string Part(Match match, string group) => Uri.UnescapeDataString(WebUtility.HtmlDecode(match.Groups[group].Value));
}
