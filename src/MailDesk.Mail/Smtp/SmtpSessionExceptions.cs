using MailDesk.Mail.Net;

namespace MailDesk.Mail.Smtp;

/// <summary>The server does not want to work for us; no message is at fault.</summary>
internal sealed class SmtpTurnedAwayException(string what, SmtpReply reply) : MailConnectionException($"{what}: {reply}")
{
    public SmtpReply Reply { get; } = reply;
}

/// <summary>A connection that has served before was closed by the server while nobody used it: another one will do.</summary>
internal sealed class SmtpIdleCloseException(string message) : MailConnectionException(message);
