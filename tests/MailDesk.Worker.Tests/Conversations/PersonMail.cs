using System.Globalization;
using System.Net;
using System.Text;
using MailDesk.Mail.Mime;
using MailDesk.Worker.People;

namespace MailDesk.Worker.Tests.Conversations;

/// <summary>Writes mail as people's programs do.</summary>
internal sealed class PersonMail(DeskDirectory directory, ManualClock clock)
{
    private int _written;

    /// <summary>Of a name its address; an address stays what it is.</summary>
    public string AddressOf(string name) => name switch
    {
        _ when name.Contains('@', StringComparison.Ordinal) => name,
        "support" or "info" => $"{name}@desk.example",
        _ => Known(name)?.Address ?? throw new ConversationException($"nobody in the directory is called {name}; give an address"),
    };

    public byte[] New(Step.Writes mail) => Build(mail.From, [.. mail.To.Select(AddressOf)], mail.Subject, mail.Text, mail.Options, null);

    /// <summary>An answer to a letter, with the letter quoted below it.</summary>
    public byte[] Reply(Step.Replies reply, ReceivedLetter letter)
    {
        var options = reply.Options;
        var to = options.WithoutThread ? letter.Message.From[0].Address : (letter.Message.ReplyTo is [var address, ..] ? address : letter.Message.From[0]).Address;
        var subject = options.Subject ?? (letter.Message.Subject.StartsWith("Re:", StringComparison.Ordinal) ? letter.Message.Subject : $"Re: {letter.Message.Subject}");
        var text = options.WithoutQuotation || options.WithoutThread ? reply.Text : $"{reply.Text}\n\n{Quote(letter, options)}";
        return Build(reply.From, [to], subject, text, options, options.WithoutThread ? null : letter);
    }

    /// <summary>The mail that a button prepared, sent with <see cref="Step.Presses.Text"/> added to its first line.</summary>
    public byte[] Press(Step.Presses press, ReceivedLetter letter)
    {
        var (address, subject, body) = letter.Button(press.Button);
        var lines = body.Split("\r\n", 2);
        return Build(press.From, [address], subject, string.Join('\n', [lines[0] + press.Text, .. lines[1..]]), press.Options, null);
    }

    /// <summary>A server's report on a letter (RFC 3464).</summary>
    public byte[] Report(ReceivedLetter letter, Step.ReportComes report) => Encoding.ASCII.GetBytes($"""
        Return-Path: <>
        From: Mail Delivery System <mailer-daemon@mx.example>
        To: support@desk.example
        Subject: Undelivered Mail Returned to Sender
        Message-ID: <{NextId()}@mx.example>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="B"

        --B
        Content-Type: text/plain

        Your message could not be delivered.
        --B
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example

        Final-Recipient: rfc822; {report.Recipient ?? letter.Recipient}
        Action: {report.Action ?? (report.Status[0] == '5' ? "failed" : "delayed")}
        Status: {report.Status}
        Diagnostic-Code: smtp; 550 no such user
        --B
        Content-Type: text/rfc822-headers

        Message-ID: <{letter.Message.MessageId}>
        From: support@desk.example
        --B--

        """.ReplaceLineEndings("\r\n"));

    private byte[] Build(string from, string[] to, string subject, string text, MailOptions options, ReceivedLetter? answered)
    {
        var sender = Known(from) ?? new MailboxAddress(null, AddressOf(from));
        List<(string, string)> headers = [.. options.Headers];
        // What the server in front of the desk says of mail that an account of its own, or of a domain that it can check, has sent.
        if (Known(from) is not null && !options.Unauthenticated)
        {
            headers.Insert(0, ("Authentication-Results", $"desk.example; dmarc=pass header.from={sender.Address.Split('@')[1]}"));
        }

        var id = $"{NextId()}@{sender.Address.Split('@')[1]}";
        if (options.Charset is { } charset) return InCharset(charset, sender, to, subject, text, headers, id, answered);
        return new MessageBuilder
        {
            From = [sender],
            To = [.. to.Select(address => new MailboxAddress(null, address))],
            Subject = subject,
            Date = clock.GetUtcNow(),
            MessageId = id,
            InReplyTo = answered?.Message.MessageId is { } parent ? [parent] : [],
            References = answered is null ? [] : [.. answered.Message.References, answered.Message.MessageId!],
            ExtraHeaders = headers,
            Text = options.Html ? null : text,
            Html = options.Html ? $"<html><body><div>{WebUtility.HtmlEncode(text).Replace("\n", "<br>", StringComparison.Ordinal)}</div></body></html>" : null,
            Attachments = [.. options.Attachments.Select(file => new OutgoingAttachment(file, TypeOf(file), ContentOf(file)))],
        }.Build();
    }

    /// <summary>As older programs write: subject and body in an 8-bit charset.</summary>
    private byte[] InCharset(
        string charset, MailboxAddress from, string[] to, string subject, string text, List<(string Name, string Value)> headers, string id, ReceivedLetter? answered)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(charset);
        var lines = new StringBuilder();
        foreach (var (name, value) in headers) lines.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        if (answered is not null) lines.Append(CultureInfo.InvariantCulture, $"In-Reply-To: <{answered.Message.MessageId}>\r\n");
        lines.Append($"""
            From: {from.Address}
            To: {string.Join(", ", to)}
            Subject: =?{charset}?B?{Convert.ToBase64String(encoding.GetBytes(subject))}?=
            Date: {MailDate.Format(clock.GetUtcNow())}
            Message-ID: <{id}>
            MIME-Version: 1.0
            Content-Type: text/plain; charset={charset}
            Content-Transfer-Encoding: 8bit


            """.ReplaceLineEndings("\r\n"));
        return [.. Encoding.ASCII.GetBytes(lines.ToString()), .. encoding.GetBytes(text.ReplaceLineEndings("\r\n"))];
    }

    private static string Quote(ReceivedLetter letter, MailOptions options)
    {
        var date = letter.Message.Date!.Value.ToOffset(TimeSpan.FromHours(3));
        var from = letter.Message.From[0];
        return options.LikeOutlook
            ? string.Create(CultureInfo.InvariantCulture, $"From: {from.Name} <{from.Address}>\nSent: {date:dddd, MMMM d, yyyy h:mm tt}\nTo: {letter.Recipient}\nSubject: {letter.Message.Subject}\n\n{letter.Text}")
            : string.Create(CultureInfo.InvariantCulture, $"{date:dd.MM.yyyy HH:mm}, {from.Name} пишет:\n> {letter.Text.TrimEnd().Replace("\n", "\n> ", StringComparison.Ordinal)}");
    }

    private MailboxAddress? Known(string name) => directory.Engineers.Select(e => (e.Name, e.Addresses))
        .Concat(directory.Clients.SelectMany(c => c.Persons).Select(p => (p.Name, p.Addresses)))
        .Where(who => who.Addresses[0].StartsWith($"{name}@", StringComparison.Ordinal))
        .Select(who => new MailboxAddress(who.Name, who.Addresses[0]))
        .FirstOrDefault();

    /// <summary>"30000 octets" is a file of that size.</summary>
    private static byte[] ContentOf(string file) =>
        file.EndsWith(" octets", StringComparison.Ordinal) ? new byte[int.Parse(file.AsSpan(0, file.IndexOf(' ')), CultureInfo.InvariantCulture)] : Encoding.ASCII.GetBytes($"content of {file}");

    private static string TypeOf(string file) => Path.GetExtension(file) switch
    {
        ".png" => "image/png",
        ".pdf" => "application/pdf",
        _ => "application/octet-stream",
    };

    private string NextId() => string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyyMMddHHmmss}.{++_written}");
}
