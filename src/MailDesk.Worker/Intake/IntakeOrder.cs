using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Intake;

/// <summary>
/// Processes the mail of one mailbox in its order: one after the other, except that the next is already decided while the one before is being
/// written, where nothing in that one can matter to it. They are written in order, and numbered in order.
/// </summary>
internal sealed class IntakeOrder(IntakePipeline pipeline)
{
    private (IncomingMail Mail, Turn Turn)? _before;

    /// <summary>Begins with a message as soon as its turn has come.</summary>
    /// <param name="reading">Ends with the message.</param>
    /// <returns>What ends, or fails, with its processing.</returns>
    public async Task<Task<MailKind>> BeginAsync(Task<IncomingMail> reading, CancellationToken cancellationToken)
    {
        await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!reading.IsCompletedSuccessfully) return Task.FromException<MailKind>(reading.Exception!.InnerException!);
        var mail = await reading;
        if (_before is var (other, theirs)) await (pipeline.IsIndependent(mail, other) ? theirs.Decided : theirs.Over);
        var turn = new Turn(_before?.Turn);
        _before = (mail, turn);
        return Task.Run(() => ProcessAsync(mail, turn, cancellationToken), CancellationToken.None);
    }

    private async Task<MailKind> ProcessAsync(IncomingMail mail, Turn turn, CancellationToken cancellationToken)
    {
        try
        {
            return await pipeline.ProcessAsync(mail, turn, cancellationToken);
        }
        finally
        {
            turn.End();
        }
    }
}
