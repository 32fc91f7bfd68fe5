namespace MailDesk.Mail.Imap;

public sealed partial class ImapClient
{
    public Task EnsureMailboxAsync(string mailbox, CancellationToken cancellationToken) =>
        AloneAsync(async () =>
        {
            await CreateAsync((await NeedNamesAsync(cancellationToken)).ToServer(mailbox), cancellationToken);
            return true;
        });

    // RFC 9051 §6.3.4. Asking for it and looking afterwards leaves no gap between two who ensure the same mailbox.
    private async Task CreateAsync(string spelt, CancellationToken cancellationToken)
    {
        var refusal = await TryCreateAsync(spelt, cancellationToken);
        if (refusal is null) return;
        var above = (await NeedNamesAsync(cancellationToken)).Above(spelt).ToArray();
        if (above.Length > 0)
        {
            // QUIRK: some servers do not create the levels above, as they should.
            foreach (var level in above) await TryCreateAsync(level, cancellationToken);
            refusal = await TryCreateAsync(spelt, cancellationToken);
        }

        refusal?.ThrowUnlessOk($"CREATE {spelt}");
    }

    /// <returns>Null when the mailbox is there now, else the server's refusal.</returns>
    private async Task<ImapStatus?> TryCreateAsync(string spelt, CancellationToken cancellationToken)
    {
        var created = await ExecuteAsync(Mailbox(Command("CREATE"), spelt), cancellationToken);
        if (created is { IsOk: true } or { Code: "ALREADYEXISTS" }) return null; // RFC 5530

        // Not every server names the reason; STATUS knows whether it can be selected.
        var there = await ExecuteAsync(Mailbox(Command("STATUS"), spelt).Text(" (MESSAGES)"), cancellationToken);
        return there.IsOk ? null : created;
    }
}
