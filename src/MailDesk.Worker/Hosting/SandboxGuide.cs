using MailDesk.Worker.Configuration;
using MailDesk.Worker.Intake;

namespace MailDesk.Worker.Hosting;

/// <summary>What a person who has just started the sandbox wants to know: how to write to the desk, with tools that people have.</summary>
public sealed class SandboxGuide(WatcherHealth health, DeskSettings settings) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await health.Ready.WaitAsync(stoppingToken);
        await Console.Out.WriteLineAsync(Text(settings));
    }

    public static string Text(DeskSettings settings)
    {
        var (smtp, imap, password) = (settings.Sandbox.SmtpPort, settings.Sandbox.ImapPort, settings.Sandbox.Password);
        var support = settings.Mailboxes[0].Address;
        return $"""

            The sandbox is running: IMAP 127.0.0.1:{imap}, SMTP 127.0.0.1:{smtp}, password "{password}" for every account.
            Any mail program will do. Or write as Anna, a client, from another terminal:

              curl smtp://127.0.0.1:{smtp} --user anna@client.example:{password} --mail-from anna@client.example --mail-rcpt {support} \
                -T <(printf 'From: anna@client.example\nTo: {support}\nSubject: No network\n\nThe server does not answer.\n')

              swaks --server 127.0.0.1:{smtp} --auth-user anna@client.example --auth-password {password} --from anna@client.example \
                --to {support} --header 'Subject: [P2] Mail is down' --body 'Nobody can log in since this morning.'

              python3 -c "import smtplib; s=smtplib.SMTP('127.0.0.1',{smtp}); s.login('anna@client.example','{password}'); s.sendmail('anna@client.example','{support}','From: anna@client.example\nSubject: A question\n\nHow do I add a mailbox?')"

            Read what the desk answered (client anna@client.example, engineer ivan@desk.example):

              curl -s 'imap://127.0.0.1:{imap}/INBOX;MAILINDEX=1' --user anna@client.example:{password}

            """;
    }
}
