using MailDesk.Mail.Imap;
using MailDesk.Mail.Net;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Schedule;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Intake;

/// <summary>Opens a session with the account of a mailbox.</summary>
public delegate Task<IMailboxSession> OpenMailbox(MailboxOptions mailbox, CancellationToken cancellationToken);

/// <summary>
/// Watches one mailbox for ever: fetches what lies in its inbox, has each message processed, moves it away, waits for more.
/// <para>Invariants: a message is moved only after its commit, so a kill in between only repeats the move; whatever lies in the inbox is not
/// yet done; no failure of a message, of the server or of the database ends the watch, and none of another mailbox touches it.</para>
/// </summary>
public sealed partial class MailboxWatcher(
    MailboxOptions mailbox,
    OpenMailbox open,
    IntakePipeline pipeline,
    FailureLog failures,
    WatcherHealth health,
    DeskSettings settings,
    TimeProvider time,
    ILogger<MailboxWatcher> log)
{
    /// <summary>Messages are moved in groups: few round trips, and few repeated after a kill.</summary>
    private const int GroupSize = 50;

    /// <summary>IDLE is renewed at least this often (RFC 2177 says below 29 minutes).</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(25);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var failed = 0; !cancellationToken.IsCancellationRequested;)
        {
            try
            {
                await using var session = await open(mailbox, cancellationToken);
                await WatchAsync(session, () => failed = 0, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                var pause = Backoff.Pause(settings.Intake.FirstPause, settings.Intake.LongestPause, failed++);
                health.Lost(mailbox.Address);
                if (e is MailboxLoginException) LogLoginRefused(mailbox.Address, mailbox.Imap.Host, mailbox.Imap.TokenFile.Length > 0 ? "token" : "password", mailbox.Imap.User, e.Message, pause);
                else if (e is MailConnectionException or MailboxException) LogLost(mailbox.Address, e.Message, pause);
                else LogFault(e, mailbox.Address, pause);
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WatchAsync(IMailboxSession session, Action onOpened, CancellationToken cancellationToken)
    {
        await session.EnsureMailboxAsync(mailbox.ProcessedFolder, cancellationToken);
        await session.EnsureMailboxAsync(mailbox.FailedFolder, cancellationToken);
        var inbox = await session.OpenAsync(mailbox.Inbox, cancellationToken);
        LogOpened(mailbox.Address, inbox.Name, inbox.UidValidity, inbox.Exists);
        health.Opened(mailbox.Address);
        onOpened();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var nextRetry = await EmptyAsync(session, inbox, cancellationToken);
            health.Emptied(mailbox.Address);
            var wait = nextRetry is { } at && at - time.GetUtcNow() is var left && left < LongestWait ? left : LongestWait;
            if (wait > TimeSpan.Zero) await session.WaitForNewsAsync(wait, mailbox.PollEvery, cancellationToken);
        }
    }

    /// <summary>Processes all that lies in the inbox.</summary>
    /// <returns>When a message that failed may be tried again; null when none waits.</returns>
    private async Task<DateTimeOffset?> EmptyAsync(IMailboxSession session, OpenedMailbox inbox, CancellationToken cancellationToken)
    {
        while (true)
        {
            var paused = failures.Paused(mailbox, inbox.UidValidity);
            var now = time.GetUtcNow();
            var waiting = (await session.ListAsync(1, cancellationToken))
                .Where(m => !m.Flags.Contains(@"\Deleted", StringComparer.OrdinalIgnoreCase) && (!paused.TryGetValue(m.Uid, out var next) || next <= now))
                .ToList();
            if (waiting.Count == 0) return paused.Count == 0 ? null : paused.Values.Min();
            foreach (var group in waiting.Chunk(GroupSize)) await ProcessAsync(session, inbox.UidValidity, group, paused, cancellationToken);
        }
    }

    private async Task ProcessAsync(
        IMailboxSession session, uint uidValidity, MessageSummary[] group, Dictionary<uint, DateTimeOffset> paused, CancellationToken cancellationToken)
    {
        List<uint> processed = [], putAside = [];
        var unread = group.Where(message => message.Size <= settings.Intake.MaxMessageBytes).ToDictionary(message => message.Uid);
        MailboxException? refusal = null;
        var order = new IntakeOrder(pipeline);
        var settled = Task.CompletedTask;
        try
        {
            var fetched = session.FetchAsync([.. unread.Values], cancellationToken);
            await foreach (var (message, mail) in fetched.AheadAsync(message => (message, ReadAsync(uidValidity, message)), cancellationToken))
            {
                unread.Remove(message.Summary.Uid);
                var before = settled;
                settled = SettleAsync(message, await order.BeginAsync(mail, cancellationToken), before);
                await before;
            }
        }
        catch (MailboxException e)
        {
            refusal = e; // all that the server could read has been given
        }
        finally
        {
            await settled;
        }

        foreach (var message in await StillThereAsync(session, unread, cancellationToken))
        {
            var reason = refusal ?? new MailboxException("the server lists the message and does not give it");
            if (await FailAsync(uidValidity, message, null, reason, cancellationToken)) putAside.Add(message.Uid);
        }

        if (processed.Count > 0) await session.MoveAsync(processed, mailbox.ProcessedFolder, cancellationToken);
        if (putAside.Count > 0) await session.MoveAsync(putAside, mailbox.FailedFolder, cancellationToken);
        foreach (var large in group.Where(message => message.Size > settings.Intake.MaxMessageBytes))
        {
            await ProcessLargeAsync(session, uidValidity, large, paused, cancellationToken);
        }

        async Task SettleAsync(FetchedMessage message, Task<MailKind> processing, Task before)
        {
            try
            {
                var kind = await processing;
                await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // the lists are written by one at a time
                if (paused.ContainsKey(message.Summary.Uid)) await failures.ForgetAsync(mailbox, uidValidity, message.Summary.Uid, cancellationToken);
                (MailReplay.IsPutAside(kind) ? putAside : processed).Add(message.Summary.Uid);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (await FailAsync(uidValidity, message.Summary, message.Raw, e, cancellationToken)) putAside.Add(message.Summary.Uid);
            }
        }
    }

    private Task<IncomingMail> ReadAsync(uint uidValidity, FetchedMessage message) => Task.Run(
        () =>
        {
            var mail = IncomingMail.Read(mailbox, uidValidity, message, settings.Intake);
            _ = mail.Compressed; // here, while another mail is decided on
            return mail;
        },
        CancellationToken.None);

    /// <summary>
    /// A message that is too large to be read: streams by, and leaves its beginning and its hash. After all others, which it must not hold up;
    /// where the connection breaks over it, that counts as a failure of the message.
    /// </summary>
    private async Task ProcessLargeAsync(
        IMailboxSession session, uint uidValidity, MessageSummary large, Dictionary<uint, DateTimeOffset> paused, CancellationToken cancellationToken)
    {
        var aside = await failures.IsPutAsideAsync(mailbox, uidValidity, large.Uid, cancellationToken);
        try
        {
            if (!aside)
            {
                await using var beginning = new LargeMailStream();
                if (!await session.FetchToAsync(large.Uid, beginning, cancellationToken)) return;
                LogTooLarge($"{mailbox.Address}/{uidValidity}/{large.Uid}", beginning.Size, settings.Intake.MaxMessageBytes);
                var kind = await pipeline.ProcessAsync(IncomingMail.ReadBeginning(mailbox, uidValidity, large, beginning, settings.Intake), cancellationToken);
                aside = MailReplay.IsPutAside(kind) || kind == MailKind.Duplicate;
                if (paused.ContainsKey(large.Uid)) await failures.ForgetAsync(mailbox, uidValidity, large.Uid, cancellationToken);
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            aside = await FailAsync(uidValidity, large, null, e, cancellationToken);
            if (e is MailConnectionException) throw; // the session is gone; what was the last attempt is put aside by the next one
            if (!aside) return;
        }

        await session.MoveAsync([large.Uid], aside ? mailbox.FailedFolder : mailbox.ProcessedFolder, cancellationToken);
    }

    /// <summary>Of messages that were asked for and not given: those that have not vanished meanwhile.</summary>
    private static async Task<List<MessageSummary>> StillThereAsync(
        IMailboxSession session, Dictionary<uint, MessageSummary> unread, CancellationToken cancellationToken) =>
        unread.Count == 0 ? [] : [.. (await session.ListAsync(unread.Keys.Min(), cancellationToken)).Where(message => unread.ContainsKey(message.Uid))];

    /// <returns>True when the message is to be put aside.</returns>
    private async Task<bool> FailAsync(uint uidValidity, MessageSummary message, ReadOnlyMemory<byte>? raw, Exception reason, CancellationToken cancellationToken)
    {
        var last = await failures.RecordAsync(mailbox, uidValidity, message, raw, $"{reason.GetType().Name}: {reason.Message}", cancellationToken);
        LogFailed(reason, $"{mailbox.Address}/{uidValidity}/{message.Uid}", last ? "put aside" : "tried again later");
        return last;
    }

    [LoggerMessage(EventId = 1101, Level = LogLevel.Information, Message = "Watching {Mailbox}: {Folder}, UIDVALIDITY {UidValidity}, {Count} messages")]
    private partial void LogOpened(string mailbox, string folder, uint uidValidity, int count);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Error, Message = "{Mailbox}: {Host} refuses the {Secret} of {User}: {Words}; again in {Pause}")]
    private partial void LogLoginRefused(string mailbox, string host, string secret, string user, string words, TimeSpan pause);

    [LoggerMessage(EventId = 1103, Level = LogLevel.Warning, Message = "{Mailbox}: {Reason}; again in {Pause}")]
    private partial void LogLost(string mailbox, string reason, TimeSpan pause);

    [LoggerMessage(EventId = 1104, Level = LogLevel.Error, Message = "{Mailbox}: the watch failed; again in {Pause}")]
    private partial void LogFault(Exception e, string mailbox, TimeSpan pause);

    [LoggerMessage(EventId = 1105, Level = LogLevel.Error, Message = "{Mail}: processing failed; {Fate}")]
    private partial void LogFailed(Exception e, string mail, string fate);

    [LoggerMessage(EventId = 1106, Level = LogLevel.Warning, Message = "{Mail}: {Size} octets are more than the {Limit} that are read; put aside")]
    private partial void LogTooLarge(string mail, long size, long limit);
}
