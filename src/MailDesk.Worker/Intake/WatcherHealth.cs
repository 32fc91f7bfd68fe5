using System.Collections.Concurrent;

using MailDesk.Worker.Configuration;

namespace MailDesk.Worker.Intake;

/// <summary>How far the mailboxes have come since the start.</summary>
public sealed class WatcherHealth(DeskSettings settings)
{
    private readonly Milestone _opened = new(settings.Mailboxes.Count);
    private readonly Milestone _emptied = new(settings.Mailboxes.Count);

    /// <summary>Ends when every mailbox has been opened, or has failed and is retried: a desk with one bad password still works for the other.</summary>
    public Task Ready => _opened.Reached;

    /// <summary>
    /// Ends when all mail that waited at the start has been processed (as far as its mailbox could be read). Deadlines act only after that:
    /// an answer that came while the desk was down must not lose to the end of the client's term.
    /// </summary>
    public Task CaughtUp => _emptied.Reached;

    public void Opened(string mailbox) => _opened.Pass(mailbox);

    public void Emptied(string mailbox) => _emptied.Pass(mailbox);

    public void Lost(string mailbox)
    {
        _opened.Pass(mailbox);
        _emptied.Pass(mailbox);
    }

    /// <summary>Reached once every mailbox has passed it.</summary>
    private sealed class Milestone(int expected)
    {
        private readonly ConcurrentDictionary<string, bool> _passed = new(StringComparer.OrdinalIgnoreCase);
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public void Pass(string mailbox)
        {
            _passed.TryAdd(mailbox, true);
            if (_passed.Count >= expected) _reached.TrySetResult();
        }
    }
}
