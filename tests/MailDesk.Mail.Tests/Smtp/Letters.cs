using System.Text;
using MailDesk.Mail.Net;
using MailDesk.Mail.Smtp;

namespace MailDesk.Mail.Tests.Smtp;

/// <summary>Sample clients and messages.</summary>
internal static class Letters
{
    public const string Hello = "Subject: hello\r\n\r\nhello\r\n";

    /// <summary>One letter as <see cref="Client"/> sends it to a server that does not pipeline; below a dialogue that has gone before.</summary>
    public const string OneLetter = """

        C: MAIL FROM:<support@desk.example>
        S: 250 ok
        C: RCPT TO:<anna@client.example>
        S: 250 ok
        C: DATA
        S: 354 go on
        C: Subject: hello
        C: 
        C: hello
        C: .
        S: 250 ok
        """;

    public static SmtpClient Client(MailEndpoint endpoint, MailCredentials? credentials = null, TimeProvider? time = null) =>
        new(new SmtpOptions { Endpoint = endpoint, Credentials = credentials, HeloName = "desk.example" }, time ?? TimeProvider.System);

    public static Task<SendResult> SendAsync(this SmtpClient client, string message = Hello, string from = "support@desk.example", params string[] to) =>
        client.SendAsync(message, CancellationToken.None, from, to);

    public static Task<SendResult> SendAsync(
        this SmtpClient client, string message, CancellationToken cancellationToken, string from = "support@desk.example", params string[] to) =>
        client.SendAsync(new MailEnvelope(from, to.Length > 0 ? to : ["anna@client.example"]), Encoding.UTF8.GetBytes(message), cancellationToken);
}
