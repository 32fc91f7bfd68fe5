using System.Globalization;
using System.Text;
using MailDesk.Mail.Mime;

namespace MailDesk.Worker.Tests.Month;

/// <summary>Writes the month's mails, as people's programs and mail servers write them.</summary>
internal sealed class MonthMail(TimeProvider time)
{
    private int _written;

    public byte[] New(string from, string? name, IReadOnlyList<string> to, string subject, string text, params (string Name, string Value)[] headers) =>
        Build(from, name, to, subject, text, null, headers);

    /// <summary>As a mail program replies: to Reply-To, in the thread, with the letter quoted below.</summary>
    public (string To, byte[] Raw) Reply(string from, MailMessage letter, string text, params (string Name, string Value)[] headers)
    {
        var to = letter.ReplyTo[0].Address;
        var quoted = string.Join('\n', (letter.TextBody ?? "").Split('\n').Select(line => $"> {line.TrimEnd()}"));
        var subject = letter.Subject.StartsWith("Re:", StringComparison.OrdinalIgnoreCase) ? letter.Subject : $"Re: {letter.Subject}";
        return (to, Build(from, null, [to], subject, $"{text}\n\n{quoted}", letter, headers));
    }

    /// <summary>A mail server says what became of a letter (RFC 3464).</summary>
    public byte[] Report(MailMessage letter, string status) => Encoding.UTF8.GetBytes($"""
        From: Mail Delivery System <mailer-daemon@relay.example>
        To: {MonthPeople.Support}
        Subject: Undelivered Mail Returned to Sender
        Date: {MailDate.Format(time.GetUtcNow())}
        Message-ID: <{NextId()}@relay.example>
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain; charset=us-ascii

        Your message could not be delivered.

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; relay.example

        Final-Recipient: rfc822; {letter.To[0].Address}
        Action: {(status[0] == '5' ? "failed" : "delayed")}
        Status: {status}
        Diagnostic-Code: smtp; 550 {status} no such user

        --b
        Content-Type: text/rfc822-headers

        Message-ID: <{letter.MessageId}>
        Subject: letter

        --b--

        """.ReplaceLineEndings("\r\n"));

    private byte[] Build(string from, string? name, IReadOnlyList<string> to, string subject, string text, MailMessage? answered, (string Name, string Value)[] headers) => new MessageBuilder
    {
        From = [new MailboxAddress(name, from)],
        To = [.. to.Select(address => new MailboxAddress(null, address))],
        Subject = subject,
        Date = time.GetUtcNow(),
        MessageId = $"{NextId()}@{from[(from.IndexOf('@', StringComparison.Ordinal) + 1)..]}",
        InReplyTo = answered?.MessageId is { } id ? [id] : [],
        References = answered is null ? [] : [.. answered.References, answered.MessageId!],
        ExtraHeaders = headers,
        Text = text,
    }.Build();

    private string NextId() => string.Create(CultureInfo.InvariantCulture, $"month.{++_written}");
}
