namespace MailDesk.Mail.Net;

/// <summary>A name and a password. Prints without the password, so that it can never reach a log.</summary>
public sealed record MailCredentials(string UserName, string Password)
{
    public override string ToString() => UserName;
}
