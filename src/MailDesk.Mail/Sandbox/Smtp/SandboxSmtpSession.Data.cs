using System.Buffers;

namespace MailDesk.Mail.Sandbox;

/// <summary>
/// DATA (RFC 5321 §4.1.1.4). Only CRLF.CRLF ends it: a lone dot next to a bare LF is how one message is smuggled inside another, and
/// ends the connection. A bare LF elsewhere becomes CRLF.
/// </summary>
internal sealed partial class SandboxSmtpSession
{
    /// <summary>Text lines may be of any length; longer ones are read in pieces of this size.</summary>
    private const int TextPiece = 4096;

    private async ValueTask DataAsync(CancellationToken stop)
    {
        if (_chunks is not null || _chunkRefused)
        {
            await Error("503 5.5.1 Go on with BDAT, or say RSET"); // RFC 3030 §2
            return;
        }

        if (_recipients.Count == 0 && _afterData is null)
        {
            await Error("554 5.5.1 No valid recipients");
            return;
        }

        await Reply("354 End with CRLF.CRLF");
        await connection.FlushAsync(stop);
        var text = new ArrayBufferWriter<byte>(8 * 1024);
        switch (await ReadTextAsync(text, stop))
        {
            case TextEnd.Smuggled:
                await End("521 5.5.2 A bare <LF> beside the final dot");
                break;
            case TextEnd.TooLarge:
                await Reset(TooLarge);
                break;
            default:
                await AcceptAsync(text.WrittenMemory, stop);
                Forget();
                break;
        }
    }

    private enum TextEnd
    {
        Complete,
        TooLarge,
        Smuggled,
    }

    private async ValueTask<TextEnd> ReadTextAsync(ArrayBufferWriter<byte> text, CancellationToken stop)
    {
        var before = LineEnd.CrLf; // of the line before this piece; None in the middle of a line
        var tooLarge = false;
        while (true)
        {
            var line = await connection.ReadLineAsync(TextPiece, stop);
            var bytes = line.Bytes;
            if (before != LineEnd.None && bytes.Span.StartsWith("."u8))
            {
                if (bytes.Length == 1 && line.End != LineEnd.None)
                {
                    if (before == LineEnd.Lf || line.End == LineEnd.Lf) return TextEnd.Smuggled;
                    return tooLarge ? TextEnd.TooLarge : TextEnd.Complete;
                }

                bytes = bytes[1..]; // RFC 5321 §4.5.2
            }

            before = line.End;
            tooLarge |= text.WrittenCount + bytes.Length + 2 > site.Options.MaxMessageBytes;
            if (tooLarge) continue; // read to its end so that the answer is understood
            text.Write(bytes.Span);
            if (line.End != LineEnd.None) text.Write("\r\n"u8);
        }
    }

    /// <summary>RFC 3848 and, for SMTPUTF8, RFC 6531 §4.3.</summary>
    private string Protocol => $"{(AllowsUtf8(_sender!) ? "UTF8SMTP" : _extended ? "ESMTP" : "SMTP")}{(_user is null ? "" : "A")}";

    private async ValueTask AcceptAsync(ReadOnlyMemory<byte> text, CancellationToken stop)
    {
        if (_afterData is { IsSilence: false } refusal)
        {
            await RehearseAsync(refusal, stop);
            return;
        }

        var id = site.NextQueueId();
        var only = _recipients is [var (address, _)] ? address : null;
        var trace = new TraceHeader(site.Name, id, _helo!, connection.RemoteAddress, Protocol, _user?.Address, _sender!.Address, only, site.Time.GetUtcNow());
        var raw = trace.Stamp(text, store);
        try
        {
            foreach (var account in _recipients.Select(r => r.Account).Distinct())
            {
                lock (account.Gate) account.InboxMailbox.Add(raw, trace.ReceivedAt, []);
            }
        }
        catch (MailStoreException e)
        {
            await Reply($"452 4.3.1 {e.Message.ReplaceLineEndings(" ")}");
            return;
        }

        var recipients = _recipients.ConvertAll(r => r.Address);
        if (recipients.Count > 0) site.Delivered(new DeliveredMessage(trace.ReceivedAt, trace.Sender, recipients, trace.User, raw));
        await (_afterData is null ? Reply($"250 2.0.0 Delivered as {id}") : RehearseAsync(_afterData, stop));
    }
}
