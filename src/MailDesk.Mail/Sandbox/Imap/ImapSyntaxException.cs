namespace MailDesk.Mail.Sandbox;

/// <summary>A command that breaks IMAP's grammar: answered with BAD, and nothing was done.</summary>
internal sealed class ImapSyntaxException : Exception
{
    public ImapSyntaxException() { }

    public ImapSyntaxException(string message) : base(message) { }

    public ImapSyntaxException(string message, Exception inner) : base(message, inner) { }
}
