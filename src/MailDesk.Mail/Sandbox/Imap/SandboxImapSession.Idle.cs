using System.Text;

namespace MailDesk.Mail.Sandbox;

/// <summary>IDLE (RFC 2177): news as it happens until the client says DONE.</summary>
internal sealed partial class SandboxImapSession
{
    private const int MaxDoneLine = 256;

    private async ValueTask<string> IdleAsync(ImapArguments arguments, CancellationToken stop)
    {
        arguments.End();
        connection.Write("+ Idling\r\n");
        var done = connection.ReadLineAsync(MaxDoneLine, stop).AsTask();
        while (!done.IsCompleted)
        {
            _news.Reader.TryRead(out _); // before looking, so that no change falls between the two
            WriteNews(expunge: true);
            await connection.FlushAsync(stop);
            await Task.WhenAny(done, _news.Reader.WaitToReadAsync(stop).AsTask());
        }

        return Encoding.ASCII.GetString((await done).Bytes.Span).Equals("DONE", StringComparison.OrdinalIgnoreCase) ? "OK IDLE completed" : "BAD Expected DONE";
    }
}
