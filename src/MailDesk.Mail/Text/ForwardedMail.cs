using System.Text.RegularExpressions;
using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Text;

/// <summary>
/// A message that somebody passes on in a mail of their own: attached whole (<c>message/rfc822</c>), or in the text below a block of its
/// headers as Outlook, Gmail, Apple Mail, Thunderbird, Yandex and Mail.ru write it in Russian, Belarusian and English.
/// <para>Invariants: never throws on content; linear in the mail; nothing of what it says is proven, the forwarder may have written all of it.</para>
/// </summary>
public sealed partial record ForwardedMail
{
    /// <summary>Forwarded text may be quoted as a whole, and that again; more is made to keep us busy.</summary>
    private const int MaxQuotes = 4;

    private ForwardedMail() { }

    /// <summary>Who wrote it; null where only a name is told, or nothing.</summary>
    public MailboxAddress? Sender { get; private init; }

    /// <summary>As it was written, where <see cref="Sender"/> is null; may be empty.</summary>
    public string SenderText { get; private init; } = "";

    /// <summary>Those in To and Cc, as far as their addresses are told.</summary>
    public IReadOnlyList<MailboxAddress> Recipients { get; private init; } = [];

    public string Subject { get; private init; } = "";

    /// <summary>All that it says, without its headers. Lines end with LF.</summary>
    public string Text { get; private init; } = "";

    /// <summary>What the forwarder wrote above it.</summary>
    public string Comment { get; private init; } = "";

    /// <summary>The attached message; where it stands in the text, the mail around it: its attachments are those of the forwarded message.</summary>
    public required MailMessage Message { get; init; }

    public bool IsAttached { get; private init; }

    /// <summary>How many messages are attached; with more than one, this is the first.</summary>
    public int Attached { get; private init; }

    /// <param name="body">The text of the mail: <see cref="BodyText.Body"/>.</param>
    /// <returns>Null when nothing is forwarded. A reply's quotation is nothing forwarded.</returns>
    public static ForwardedMail? Find(MailMessage message, string body)
    {
        var attached = message.Parts.Where(IsMessage).ToList();
        if (attached is [var first, ..] && Read(first.ParseMessage(), body) is { } whole) return whole with { Attached = attached.Count };
        return Reply().IsMatch(message.Subject) ? null : InText(message, body);
    }

    /// <summary>The message that this one forwards in its turn.</summary>
    public ForwardedMail? Within() => IsAttached ? Find(Message, Text) : InText(Message, Text);

    private static bool IsMessage(MimePart part) =>
        part.ContentType.Is("message", "rfc822") || part.ContentType.Is("message", "global")
        || (part.FileName?.EndsWith(".eml", StringComparison.OrdinalIgnoreCase) == true && !part.ContentType.Is("text", "html"));

    private static ForwardedMail? Read(MailMessage message, string comment) => message.From is not [var from, ..] ? null : new()
    {
        Sender = from.Address.Contains('@', StringComparison.Ordinal) ? from : null,
        SenderText = from.ToString(),
        Recipients = [.. message.To, .. message.Cc],
        Subject = message.Subject,
        Text = MessageText.Of(message, []).Body,
        Comment = comment,
        Message = message,
        IsAttached = true,
    };

    private static ForwardedMail? InText(MailMessage message, string body)
    {
        var text = new Lines(body);
        var tries = MaxQuotes;
        for (var i = 0; i < text.All.Count; i++)
        {
            if (text.All.IsBlank(i)) continue;
            if (text.All.IsQuote(i))
            {
                if (MessageRule.IsForwarded(text.All.Core(i).TrimStart("> ")) && QuotedRule(message, text, i, ref tries) is { } quoted) return quoted;
            }
            else if (MessageRule.IsForwarded(text.All.Core(i)))
            {
                if (BelowRule(message, text, text.All.SkipBlank(i + 1), ref tries) is { } below) return below with { Comment = Above(text.All, i) };
            }
            else if ((text.Labels.BeginsAt(i) || HeaderBlock.IsYandexLine(text.All, i)) && text.HeaderAt(i) is { } header)
            {
                return Make(message, text.All, header) with { Comment = Above(text.All, i) };
            }
        }

        return null;
    }

    /// <summary>QUIRK: the HTML of Apple Mail quotes even the line that says so.</summary>
    private static ForwardedMail? QuotedRule(MailMessage message, Lines text, int index, ref int tries)
    {
        if (tries-- <= 0) return null;
        var inner = new Lines(text.All.WithoutQuotes(index));
        return BelowRule(message, inner, inner.All.SkipBlank(1), ref tries) is { } found ? found with { Comment = Above(text.All, index) } : null;
    }

    /// <summary>QUIRK: Apple Mail quotes what it forwards, headers and all.</summary>
    /// <param name="tries">How often the rest may still be read without its marks: each time it is copied.</param>
    private static ForwardedMail? BelowRule(MailMessage message, Lines text, int index, ref int tries)
    {
        while (index < text.All.Count && text.All.IsQuote(index))
        {
            if (tries-- <= 0) return null;
            text = new Lines(text.All.WithoutQuotes(index));
            index = text.All.SkipBlank(0);
        }

        return text.HeaderAt(index) is { } header ? Make(message, text.All, header) : null;
    }

    private static ForwardedMail Make(MailMessage message, MailLines lines, ForwardedHeader header)
    {
        var end = header.End;
        while (end < lines.Count && !MessageRule.IsEndOfForwarded(lines.Core(end))) end++;
        return new()
        {
            Sender = WrittenAddress.One(header.From),
            SenderText = header.From,
            Recipients = WrittenAddress.All(header.To),
            Subject = header.Subject,
            Text = lines.Join(header.End, end),
            Message = message,
        };
    }

    /// <summary>What stands above the line, without the rules that lead to it.</summary>
    private static string Above(MailLines lines, int index)
    {
        while (index > 0 && (lines.IsBlank(index - 1) || MessageRule.IsBare(lines.Core(index - 1)) || MessageRule.IsOriginal(lines.Core(index - 1)))) index--;
        return lines.Join(0, index);
    }

    [GeneratedRegex(@"^\s*(?:re|aw|ha|на|sv|odp|отв|ответ|адк|адказ)\s*(?:[\[(]\d+[\])]\s*)?:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Reply();

    private sealed class Lines(string body)
    {
        private Attribution? _attributions;

        public MailLines All { get; } = new(body);

        public HeaderBlock Labels => field ??= new HeaderBlock(All);

        public ForwardedHeader? HeaderAt(int index) => ForwardedHeader.At(All, Labels, _attributions ??= new Attribution(All), index);
    }
}
