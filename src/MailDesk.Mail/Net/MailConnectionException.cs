namespace MailDesk.Mail.Net;

/// <summary>The connection is gone or the peer no longer speaks the protocol: reconnect.</summary>
public class MailConnectionException : IOException
{
    public MailConnectionException(string message) : base(message) { }

    public MailConnectionException(string message, Exception inner) : base(message, inner) { }

    public MailConnectionException() { }
}
