namespace MailDesk.Mail.Imap;

public sealed partial class ImapClient
{
    private MailboxNames? _names;

    private async Task<MailboxNames> NeedNamesAsync(CancellationToken cancellationToken) =>
        _names ??= (Has("NAMESPACE") ? await AskNamespaceAsync(cancellationToken) : null) ?? await AskSeparatorAsync(cancellationToken);

    // RFC 2342 §5: personal, other users', shared; each NIL or a list of (prefix separator extensions…).
    private async Task<MailboxNames?> AskNamespaceAsync(CancellationToken cancellationToken)
    {
        string? prefix = null;
        char? separator = null;
        List<string> roots = [];
        await ExecuteAsync("NAMESPACE", cancellationToken, async response =>
        {
            if (response.Kind != ImapResponseKind.Namespace) return;
            int group = 0, depth = 0, field = 0;
            ImapTokenKind kind;
            while ((kind = await _reader.NextAsync(cancellationToken)) != ImapTokenKind.End)
            {
                if (kind == ImapTokenKind.Open)
                {
                    if (++depth == 2) field = 0;
                }
                else if (kind == ImapTokenKind.Close)
                {
                    if (--depth == 0) group++;
                }
                else
                {
                    var text = await _reader.ReadStringAsync(kind, cancellationToken);
                    if (depth == 0) group++; // NIL
                    if (depth != 2) continue;
                    if (field == 0) roots.Add(text ?? "");
                    if (group == 0 && roots.Count == 1)
                    {
                        if (field == 0) prefix = text ?? "";
                        if (field == 1) separator = text is [var one, ..] ? one : null;
                    }

                    field++;
                }
            }
        });
        return prefix is null ? null : new(prefix, separator, roots);
    }

    // RFC 9051 §6.3.9.1: an empty name asks for the hierarchy separator.
    private async Task<MailboxNames> AskSeparatorAsync(CancellationToken cancellationToken)
    {
        char? separator = null;
        var status = await ExecuteAsync("LIST \"\" \"\"", cancellationToken, async response =>
        {
            if (response.Kind != ImapResponseKind.List) return;
            while (await _reader.NextAsync(cancellationToken) is not (ImapTokenKind.Close or ImapTokenKind.End)) { } // attributes
            separator = await _reader.ReadStringAsync(await _reader.NextAsync(cancellationToken), cancellationToken) is [var one, ..] ? one : null;
        });
        status.ThrowUnlessOk("LIST");
        return new("", separator, []);
    }
}
