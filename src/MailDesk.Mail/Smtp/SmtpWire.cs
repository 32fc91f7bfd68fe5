using System.Text;
using MailDesk.Mail.Net;

namespace MailDesk.Mail.Smtp;

/// <summary>Command lines out, replies in. Knows the grammar and no command.</summary>
internal sealed class SmtpWire(MailConnection connection)
{
    /// <summary>EHLO answers with a few dozen lines; who sends more is not an SMTP server.</summary>
    private const int MaxReplyLines = 512;

    private const int MaxReplyLength = 64 * 1024;

    /// <summary>Adds a command to the next flight.</summary>
    /// <exception cref="ArgumentException">The command would be more than one line.</exception>
    public void Write(string command)
    {
        if (command.AsSpan().ContainsAny('\r', '\n', '\0')) throw new ArgumentException("a command is one line", nameof(command));
        connection.Write(Encoding.UTF8.GetBytes(command));
        connection.Write("\r\n"u8);
    }

    public ValueTask FlushAsync(CancellationToken cancellationToken) => connection.FlushAsync(cancellationToken);

    public async ValueTask<SmtpReply> AskAsync(string command, CancellationToken cancellationToken)
    {
        Write(command);
        await FlushAsync(cancellationToken);
        return await ReadReplyAsync(cancellationToken);
    }

    /// <param name="timeout">The longest silence; null for the endpoint's own.</param>
    public async ValueTask<SmtpReply> ReadReplyAsync(CancellationToken cancellationToken, TimeSpan? timeout = null)
    {
        var (code, lines) = await ReadLinesAsync(cancellationToken, timeout);
        return SmtpReplyGrammar.Join(code, lines);
    }

    /// <summary>A reply with its lines apart, as EHLO needs them.</summary>
    /// <exception cref="MailConnectionException">Broken, or not SMTP.</exception>
    public async ValueTask<(int Code, IReadOnlyList<string> Lines)> ReadLinesAsync(CancellationToken cancellationToken, TimeSpan? timeout = null)
    {
        var lines = new List<string>(1);
        for (var length = 0; ;)
        {
            var line = await connection.ReadLineAsync(cancellationToken, timeout);
            if (!SmtpReplyGrammar.TryParseLine(line.Span, out var code, out var isLast, out var text))
            {
                throw new MailConnectionException($"{connection.Endpoint} does not speak SMTP");
            }

            lines.Add(text);
            length += text.Length;
            if (isLast) return (code, lines); // lines whose codes differ are an error of the server; the last one decides
            if (lines.Count >= MaxReplyLines || length > MaxReplyLength)
            {
                throw new MailConnectionException($"{connection.Endpoint} sent a reply without an end");
            }
        }
    }
}
