using System.Runtime.CompilerServices;

namespace MailDesk.Mail.Imap;

public sealed partial class ImapClient
{
    /// <summary>Two commands are under way: the server works on the next batch while the caller works on this one.</summary>
    private const int BatchesUnderWay = 2;

    public async IAsyncEnumerable<FetchedMessage> FetchAsync(
        IReadOnlyList<MessageSummary> messages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RequireOpened();
        Enter();
        var batches = new Queue<FetchBatch>(FetchBatch.Of(messages));
        MailboxException? refused = null;
        var pipeline = new Pipeline(new FetchReply(_reader), new(), []);
        try
        {
            while (await RequestAheadAsync(batches, pipeline, cancellationToken))
            {
                var batch = pipeline.UnderWay.Peek();
                var missing = new List<MessageSummary>();
                foreach (var message in batch.Messages)
                {
                    while (batch.Status is null && pipeline.Awaited[message.Uid] is null) await ReadFetchedAsync(pipeline, cancellationToken);
                    if (pipeline.Awaited.Remove(message.Uid, out var raw) && raw is { } arrived) yield return new(message, arrived);
                    else missing.Add(message);
                }

                while (batch.Status is null) await ReadFetchedAsync(pipeline, cancellationToken);
                pipeline.UnderWay.Dequeue();
                if (!IsRefusal(batch.Status)) continue;

                // One message that the server cannot read takes the rest of its batch along: each of them is asked for alone.
                if (batch.Messages.Count > 1) foreach (var message in missing) batches.Enqueue(new([message]));
                else refused ??= new($"UID FETCH {batch.Messages[0].Uid}: {batch.Status.Words}");
            }

            if (refused is not null) throw refused;
        }
        finally
        {
            await DrainAsync(pipeline, cancellationToken);
            Leave();
        }
    }

    /// <summary>RFC 5530: EXPUNGEISSUED says that some messages have vanished, which is no failure.</summary>
    private static bool IsRefusal(ImapStatus status) => !status.IsOk && !status.Is("EXPUNGEISSUED");

    /// <returns>False when nothing is left to wait for.</returns>
    private async Task<bool> RequestAheadAsync(Queue<FetchBatch> batches, Pipeline pipeline, CancellationToken cancellationToken)
    {
        try
        {
            while (pipeline.UnderWay.Count < BatchesUnderWay && batches.TryDequeue(out var batch))
            {
                var set = UidSet.Of([.. batch.Messages.Select(m => m.Uid)]).Single();
                foreach (var message in batch.Messages) pipeline.Awaited.Add(message.Uid, null);
                pipeline.UnderWay.Enqueue(batch);
                batch.Tag = await SendAsync($"UID FETCH {set} (UID BODY.PEEK[])", cancellationToken);
            }

            return pipeline.UnderWay.Count > 0;
        }
        catch (Exception e) when (e is not ArgumentException)
        {
            _ended = true;
            throw;
        }
    }

    /// <summary>Reads one response and puts a message or the end of a batch where it belongs, in whatever order they come.</summary>
    private async ValueTask ReadFetchedAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        try
        {
            var response = await NextAsync(cancellationToken);
            if (response.Kind == ImapResponseKind.Tagged)
            {
                var batch = pipeline.UnderWay.FirstOrDefault(b => b.Tag == response.Tag) ?? throw _reader.Broken("the end of another command");
                batch.Status = response.Status;
            }
            else if (response.Kind == ImapResponseKind.Fetch)
            {
                await pipeline.Reply.ReadAsync(pipeline.UnderWay.Max(batch => batch.MaxLiteral), null, cancellationToken);
                if (pipeline.Awaited.ContainsKey(pipeline.Reply.Uid)) pipeline.Awaited[pipeline.Reply.Uid] ??= pipeline.Reply.Body;
            }
            else if (response.Kind == ImapResponseKind.Continuation)
            {
                throw _reader.Broken("a request for more where the command was complete");
            }
        }
        catch
        {
            _ended = true;
            throw;
        }
    }

    /// <summary>Passes over what was asked for and is no longer wanted, so that no command is outstanding afterwards.</summary>
    private async Task DrainAsync(Pipeline pipeline, CancellationToken cancellationToken)
    {
        pipeline.Awaited.Clear();
        while (!_ended && pipeline.UnderWay.TryPeek(out var batch))
        {
            if (batch.Status is not null) pipeline.UnderWay.Dequeue();
            else await ReadFetchedAsync(pipeline, cancellationToken);
        }
    }

    /// <param name="Awaited">By UID: null until the message has come. What is not awaited is not kept.</param>
    private sealed record Pipeline(FetchReply Reply, Queue<FetchBatch> UnderWay, Dictionary<uint, ReadOnlyMemory<byte>?> Awaited);
}
