namespace MailDesk.Mail.Sandbox;

/// <summary>APPEND (RFC 3501 §6.3.11, RFC 4315 §3): <c>mailbox [(flags)] ["date"] literal</c>.</summary>
internal sealed partial class SandboxImapSession
{
    private ValueTask<string> Append(ImapArguments arguments)
    {
        arguments.Space();
        var name = arguments.Mailbox();
        arguments.Space();
        string[] flags = [];
        var date = site.Time.GetUtcNow();
        if (arguments.IsNext('('))
        {
            flags = MessageFlags.Read(arguments, mayBeBare: false);
            arguments.Space();
        }

        if (arguments.IsNext('"'))
        {
            date = ImapText.ParseDateTime(arguments.AString()) ?? throw arguments.Expected("a date-time");
            arguments.Space();
        }

        var literal = arguments.Literal();
        arguments.End();
        if (literal.IsEmpty) return No("[CANNOT] an empty message");
        lock (Account.Gate)
        {
            if (Account.Find(name) is not { } mailbox) return No("[TRYCREATE] no such mailbox");
            var message = mailbox.Add(literal.ToArray(), date, flags);
            return ValueTask.FromResult($"OK [APPENDUID {mailbox.UidValidity} {message.Uid}] APPEND completed");
        }
    }
}
