namespace MailDesk.Mail.Imap;

/// <summary>The attributes of one FETCH response (RFC 9051 §7.5.2) that the desk asks for, in whatever order they come; used again for the next.</summary>
internal sealed class FetchReply(ImapReader reader)
{
    private static readonly string[] KnownFlags = ["\\Seen", "\\Answered", "\\Flagged", "\\Deleted", "\\Draft", "\\Recent"];
    private static readonly string[] NoFlags = [];
    private readonly List<string> _flags = [];

    /// <summary>Zero when the response does not say.</summary>
    public uint Uid { get; private set; }

    public long? Size { get; private set; }

    public DateTimeOffset? InternalDate { get; private set; }

    public IReadOnlyList<string> Flags { get; private set; } = NoFlags;

    /// <summary>Null when the response has no body, or NIL for one that has vanished (QUIRK: Dovecot).</summary>
    public ReadOnlyMemory<byte>? Body { get; private set; }

    /// <param name="bodyLimit">Longer bodies are a broken connection: memory is bounded by it.</param>
    /// <param name="destination">Where a body goes instead of memory; <see cref="Body"/> is then empty but not null.</param>
    public async ValueTask ReadAsync(long bodyLimit, Stream? destination, CancellationToken cancellationToken)
    {
        (Uid, Size, InternalDate, Flags, Body) = (0, null, null, NoFlags, null);
        if (await reader.NextAsync(cancellationToken) != ImapTokenKind.Open) throw reader.Broken("FETCH without a list");
        ImapTokenKind kind;
        while ((kind = await reader.NextAsync(cancellationToken)) != ImapTokenKind.Close)
        {
            if (kind != ImapTokenKind.Atom) throw reader.Broken("FETCH without the name of an attribute");
            if (reader.Is("UID"u8)) Uid = reader.Number(await reader.NextAsync(cancellationToken));
            else if (reader.Is("RFC822.SIZE"u8)) Size = reader.Number(await reader.NextAsync(cancellationToken));
            else if (reader.Is("FLAGS"u8)) await ReadFlagsAsync(cancellationToken);
            else if (reader.Is("INTERNALDATE"u8)) await ReadDateAsync(cancellationToken);
            else if (reader.Is("BODY[]"u8))
            {
                if (!await ReadBodyAsync(bodyLimit, destination, cancellationToken)) return;
            }
            else await SkipValueAsync(cancellationToken);
        }
    }

    private async ValueTask ReadFlagsAsync(CancellationToken cancellationToken)
    {
        if (await reader.NextAsync(cancellationToken) != ImapTokenKind.Open) throw reader.Broken("FLAGS without a list");
        _flags.Clear();
        ImapTokenKind kind;
        while ((kind = await reader.NextAsync(cancellationToken)) != ImapTokenKind.Close)
        {
            var known = kind == ImapTokenKind.Atom ? Array.Find(KnownFlags, flag => System.Text.Ascii.EqualsIgnoreCase(reader.Value.Span, flag)) : null;
            _flags.Add(known ?? await reader.ReadStringAsync(kind, cancellationToken) ?? "NIL");
        }

        Flags = _flags.Count == 0 ? NoFlags : _flags.ToArray();
    }

    private async ValueTask ReadDateAsync(CancellationToken cancellationToken)
    {
        var kind = await reader.NextAsync(cancellationToken);
        if (kind == ImapTokenKind.Literal) await reader.ReadStringAsync(kind, cancellationToken); // no server does; no date then
        else if (Imap.InternalDate.TryParse(reader.Value.Span, out var date)) InternalDate = date;
    }

    /// <returns>False when the response ended where the body belongs.</returns>
    private async ValueTask<bool> ReadBodyAsync(long limit, Stream? destination, CancellationToken cancellationToken)
    {
        switch (await reader.NextAsync(cancellationToken))
        {
            case ImapTokenKind.Literal when destination is null:
                Body = await reader.ReadLiteralAsync(limit, cancellationToken);
                break;
            case ImapTokenKind.Literal:
                await reader.CopyLiteralAsync(destination, cancellationToken);
                Body = ReadOnlyMemory<byte>.Empty;
                break;
            case ImapTokenKind.Quoted: // nstring allows it
                Body = reader.Value.ToArray();
                if (destination is not null) await destination.WriteAsync(Body.Value, cancellationToken);
                break;
            case ImapTokenKind.Atom when reader.Is("NIL"u8):
                break;
            case ImapTokenKind.Close or ImapTokenKind.End:
                // QUIRK: Yandex leaves the value out of a message that it cannot read, sometimes with the rest of the line. One such message
                // must not keep the session from all others.
                return false;
            default:
                throw reader.Broken("BODY[] without a string");
        }

        return true;
    }

    /// <summary>Passes over the value of an attribute that nobody asked for, however deep its lists.</summary>
    private async ValueTask SkipValueAsync(CancellationToken cancellationToken)
    {
        var depth = 0;
        do
        {
            depth += await reader.NextAsync(cancellationToken) switch
            {
                ImapTokenKind.Open => 1,
                ImapTokenKind.Close => -1,
                ImapTokenKind.End => throw reader.Broken("a list without an end"),
                _ => 0,
            };
            if (depth < 0) throw reader.Broken("an attribute without a value");
        }
        while (depth > 0);
    }
}
