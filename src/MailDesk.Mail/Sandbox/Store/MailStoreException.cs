namespace MailDesk.Mail.Sandbox;

/// <summary>The store cannot keep a change (disk full, folder gone). The change has not happened.</summary>
internal sealed class MailStoreException : Exception
{
    public MailStoreException() { }

    public MailStoreException(string message) : base(message) { }

    public MailStoreException(string message, Exception inner) : base(message, inner) { }
}
