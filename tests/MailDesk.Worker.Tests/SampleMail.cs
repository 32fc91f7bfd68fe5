using System.Globalization;
using System.Text;
using MailDesk.Mail.Imap;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Intake;

namespace MailDesk.Worker.Tests;

/// <summary>A mail as it lies in a mailbox, of the parts that a test speaks of.</summary>
internal sealed record SampleMail
{
    public string From { get; init; } = "anna@client.example";

    public string To { get; init; } = "support@desk.example";

    public string Subject { get; init; } = "Вопрос";

    public string? MessageId { get; init; } = "1@client.example";

    public IReadOnlyList<string> Headers { get; init; } = [];

    public string ContentType { get; init; } = "text/plain; charset=utf-8";

    public string Text { get; init; } = "Как настроить почту?";

    public byte[] Raw()
    {
        var raw = new StringBuilder();
        foreach (var header in Headers) raw.Append(header).Append("\r\n");
        raw.Append(CultureInfo.InvariantCulture, $"From: {From}\r\nTo: {To}\r\nSubject: {Subject}\r\nDate: Mon, 2 Mar 2026 10:00:00 +0300\r\n");
        if (MessageId is not null) raw.Append(CultureInfo.InvariantCulture, $"Message-ID: <{MessageId}>\r\n");
        raw.Append(CultureInfo.InvariantCulture, $"MIME-Version: 1.0\r\nContent-Type: {ContentType}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n").Append(Text.ReplaceLineEndings("\r\n")).Append("\r\n");
        return Encoding.UTF8.GetBytes(raw.ToString());
    }

    public IncomingMail Read()
    {
        var raw = Raw();
        var summary = new MessageSummary(1, new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero), raw.Length, []);
        return IncomingMail.Read(new MailboxOptions { Address = "support@desk.example" }, 1, new FetchedMessage(summary, raw));
    }

    /// <summary>The same from an engineer, vouched for by the server.</summary>
    public static SampleMail OfEngineer(string name = "ivan") => new()
    {
        From = $"{name}@desk.example",
        MessageId = $"{name}.1@desk.example",
        Headers = ["Authentication-Results: desk.example; dmarc=pass header.from=desk.example"],
    };
}
