using MailDesk.Mail.Net;

namespace MailDesk.Mail.Smtp;

/// <summary>
/// One mail transaction (RFC 5321 §3.3): MAIL, RCPT for each recipient, DATA. With PIPELINING (RFC 2920) all of them leave in one flight,
/// without it each waits for its reply; both are the same code with another window. BDAT (RFC 3030) replaces DATA where it saves something:
/// the round trip of DATA without PIPELINING, or the copy that doubles dots.
/// </summary>
internal sealed partial class SmtpSession
{
    /// <summary>So many commands, and their replies, fit into any socket's buffers: neither side ever waits for the other to read.</summary>
    private const int Window = 100;

    /// <summary>The write timeout holds for one piece, so that a slow line is no silence.</summary>
    private const int PieceLength = 64 * 1024;

    private const string Data = "DATA";

    private bool _isKept;

    /// <exception cref="SmtpIdleCloseException">The kept connection was closed; nothing of the letter was accepted.</exception>
    /// <exception cref="MailConnectionException">Broken or turned away; the letter has not been handed over.</exception>
    public async Task<SendResult> SendAsync(SmtpLetter letter, CancellationToken cancellationToken)
    {
        var isKept = _isKept;
        _isKept = true;
        if (RefusalOf(letter) is { } refusal) return refusal;

        List<RefusedRecipient> refused = [.. letter.Refused];
        var recipients = letter.Recipients;
        if (!_features.SmtpUtf8)
        {
            refused.AddRange(recipients.Where(r => r.Path.NeedsUtf8).Select(r => new RefusedRecipient(r.Address, LocalReply.NoUtf8)));
            recipients = [.. recipients.Where(r => !r.Path.NeedsUtf8)];
            if (recipients.Count == 0) return AllRefused(refused);
        }

        IsUsable = false; // until the transaction has come to an orderly end
        var inChunk = _features.Chunking && (!_features.Pipelining || letter.Data.HasDots);
        List<string> commands = [Mail(letter), .. recipients.Select(r => $"RCPT TO:<{r.Path.Text}>"), .. inChunk ? [] : new[] { Data }];
        var replies = await ExchangeAsync(commands, isKept, cancellationToken);
        if (replies[^1].Code == 421) return new SendResult.Refused(replies[^1]); // RFC 5321 §3.8: the server is closing the channel

        var mail = replies[0];
        var data = replies.Count == commands.Count && !inChunk ? replies[^1] : null;
        refused.AddRange(recipients.Zip(replies.Skip(1)).Where(r => !r.Second.IsSuccess).Select(r => new RefusedRecipient(r.First.Address, r.Second)));
        var someoneAccepted = refused.Count < letter.Recipients.Count + letter.Refused.Count;

        if (mail.IsSuccess && someoneAccepted && (inChunk || data is { Code: 354 })) return await HandOverAsync(letter.Data, inChunk, refused, cancellationToken);

        await AbandonAsync(data, cancellationToken);
        if (LacksLogin(mail)) throw new SmtpTurnedAwayException($"{_options.Endpoint} takes no mail from us", mail);
        if (!mail.IsSuccess) return new SendResult.Refused(mail);
        return someoneAccepted ? new SendResult.Refused(data!) { RefusedRecipients = refused } : AllRefused(refused);
    }

    /// <summary>What the server has said it will not take need not be sent.</summary>
    private SendResult.Refused? RefusalOf(SmtpLetter letter)
    {
        if (letter.From.NeedsUtf8 && !_features.SmtpUtf8) return new SendResult.Refused(LocalReply.NoUtf8);
        if (letter.Data.HasUtf8Header && !_features.SmtpUtf8) return new SendResult.Refused(LocalReply.NoUtf8Header); // RFC 6531 §3.2
        if (letter.Data.Has8Bit && !_features.EightBitMime) return new SendResult.Refused(LocalReply.No8Bit); // RFC 6152 §3
        if (_features.MaxSize > 0 && letter.Data.Size > _features.MaxSize)
        {
            return new SendResult.Refused(LocalReply.TooBig(letter.Data.Size, _features.MaxSize)); // RFC 1870 §5
        }

        return null;
    }

    private string Mail(SmtpLetter letter)
    {
        var size = _features.Size ? $" SIZE={letter.Data.Size}" : "";
        var body = letter.Data.Has8Bit ? " BODY=8BITMIME" : "";
        var needsUtf8 = letter.From.NeedsUtf8 || letter.Data.HasUtf8Header || letter.Recipients.Any(r => r.Path.NeedsUtf8);
        var utf8 = _features.SmtpUtf8 && needsUtf8 ? " SMTPUTF8" : "";
        return $"MAIL FROM:<{letter.From.Text}>{size}{body}{utf8}";
    }

    /// <summary>
    /// Sends the commands flight by flight and returns the replies, fewer than commands when there was no point in going on. A 421 is
    /// always the last one.
    /// </summary>
    private async Task<List<SmtpReply>> ExchangeAsync(List<string> commands, bool isKept, CancellationToken cancellationToken)
    {
        var replies = new List<SmtpReply>(commands.Count);
        try
        {
            while (replies.Count < commands.Count)
            {
                var end = Math.Min(replies.Count + (_features.Pipelining ? Window : 1), commands.Count);
                for (var i = replies.Count; i < end; i++) _wire.Write(commands[i]);
                await _wire.FlushAsync(cancellationToken);
                while (replies.Count < end)
                {
                    replies.Add(await _wire.ReadReplyAsync(cancellationToken));
                    if (replies[^1].Code != 421) continue;
                    if (replies.Count == 1 && isKept) throw new SmtpIdleCloseException(replies[0].ToString());
                    return replies;
                }

                if (!replies[0].IsSuccess || (end < commands.Count && string.Equals(commands[end], Data, StringComparison.Ordinal) && !replies.Skip(1).Any(r => r.IsSuccess))) break;
            }
        }
        catch (MailConnectionException e) when (replies.Count == 0 && isKept)
        {
            throw new SmtpIdleCloseException(e.Message);
        }

        return replies;
    }

    /// <summary>
    /// From the terminating dot, or the last octet of the chunk, on only a reply tells who has the message (RFC 1047), so even a cancelled call
    /// waits a while for it.
    /// </summary>
    private async Task<SendResult> HandOverAsync(SmtpData data, bool inChunk, List<RefusedRecipient> refused, CancellationToken cancellationToken)
    {
        var rest = inChunk ? data.ForChunk() : data.ForData();
        if (inChunk) _wire.Write($"BDAT {data.Size} LAST"); // goes out with the first piece
        for (; rest.Length > PieceLength; rest = rest[PieceLength..])
        {
            await _connection.WriteAsync(rest[..PieceLength], cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        using var patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        await using var hurry = cancellationToken.Register(() => patience.CancelAfter(_options.FinalReplyGrace));
        try
        {
            // The last piece and the dot in one write: one packet, one wake-up of the server for most letters.
            _connection.Write(rest.Span);
            if (!inChunk) _wire.Write(".");
            await _wire.FlushAsync(patience.Token);
            var reply = await _wire.ReadReplyAsync(patience.Token, _options.FinalReplyTimeout);
            var isOpen = inChunk && !reply.IsSuccess; // RFC 3030 §2: a refused chunk leaves the transaction open
            IsUsable = reply.Code != 421 && !isOpen;
            if (isOpen && reply.Code != 421) await AbandonAsync(null, patience.Token);
            return reply switch
            {
                { IsSuccess: true } => new SendResult.Accepted(reply, refused),
                { Code: >= 400 } => new SendResult.Refused(reply) { RefusedRecipients = refused },
                _ => new SendResult.Uncertain($"{_options.Endpoint} answered the end of the data with {reply}"),
            };
        }
        catch (MailConnectionException e)
        {
            return new SendResult.Uncertain(e.Message);
        }
        catch (OperationCanceledException)
        {
            return new SendResult.Uncertain($"stopped while waiting for the reply of {_options.Endpoint}");
        }
    }

    /// <summary>Leaves the connection clean for the next transaction, or unusable. The result of this one is known and stands.</summary>
    private async Task AbandonAsync(SmtpReply? data, CancellationToken cancellationToken)
    {
        try
        {
            // RFC 2920 §3.1: a server may ask for data though it has accepted no one; it gets none.
            if (data is { Code: 354 } && (await _wire.AskAsync(".", cancellationToken)).Code == 421) return;
            IsUsable = (await _wire.AskAsync("RSET", cancellationToken)).IsSuccess;
        }
        catch (Exception e) when (e is MailConnectionException or OperationCanceledException)
        {
            // Unusable it stays.
        }
    }

    /// <summary>RFC 3207 §4, RFC 4954 §6: TLS or a login is missing, which is no fault of the letter.</summary>
    private static bool LacksLogin(SmtpReply reply) => reply.Code is 530 or 534 or 535 or 538;

    private static SendResult.Refused AllRefused(List<RefusedRecipient> refused) =>
        new(refused.Find(r => !r.Reply.IsPermanent)?.Reply ?? refused[^1].Reply) { RefusedRecipients = refused };
}
