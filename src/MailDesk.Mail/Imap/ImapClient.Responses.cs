using System.Globalization;
using System.Text;
using MailDesk.Mail.Net;

namespace MailDesk.Mail.Imap;

public sealed partial class ImapClient
{
    /// <summary>The words of the last <c>+</c>.</summary>
    private string _challenge = "";

    /// <summary>
    /// Waits for the next response and takes in what concerns the session whatever command is running: EXISTS, EXPUNGE, CAPABILITY, BYE,
    /// a new UIDVALIDITY (RFC 9051 §5.2, §7).
    /// </summary>
    /// <param name="timeout">The longest silence; null for the endpoint's own.</param>
    /// <exception cref="MailConnectionException">The server said BYE or what no server says.</exception>
    private async ValueTask<ImapResponse> NextAsync(CancellationToken cancellationToken, TimeSpan? timeout = null)
    {
        await _reader.NextResponseAsync(timeout, cancellationToken);
        if (await _reader.NextAsync(cancellationToken) != ImapTokenKind.Atom) throw _reader.Broken("a line that is no response");
        if (_reader.Value.Span[0] == '+')
        {
            _challenge = Encoding.ASCII.GetString(_reader.TakeText()); // QUIRK: some servers leave out the space and the words
            return new(ImapResponseKind.Continuation);
        }

        return _reader.Is("*"u8) ? await UntaggedAsync(cancellationToken) : await TaggedAsync(cancellationToken);
    }

    private async ValueTask<ImapResponse> TaggedAsync(CancellationToken cancellationToken)
    {
        var tag = ReadTag();
        await _reader.NextAsync(cancellationToken);
        if (!ImapStatus.TryParseCondition(_reader.Value.Span, out var condition) || condition > ImapCondition.Bad)
            throw _reader.Broken($"\"{ServerWords.Of(_reader.Value.Span)}\" where OK, NO or BAD belongs");
        var status = TakeStatus(condition);

        // QUIRK: Exchange Online lets one log in to a mailbox that it cannot reach, or not with these rights; then everything is BAD.
        if (condition == ImapCondition.Bad && status.Text.StartsWith("User is authenticated but not connected", StringComparison.OrdinalIgnoreCase))
            throw new MailConnectionException($"{_connection.Endpoint} cannot open the account: {status.Words}");

        // A DONE that crossed the server's own end of IDLE was read as a command, and its first word as the tag.
        return tag == 0 ? new(ImapResponseKind.Other) : new(ImapResponseKind.Tagged, tag, Status: status);
    }

    private int ReadTag()
    {
        if (_reader.Is("DONE"u8)) return 0;
        var tag = _reader.Value.Span;
        return tag[0] == 'A' && int.TryParse(tag[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0 && number <= _lastTag
            ? number
            : throw _reader.Broken($"the tag \"{ServerWords.Of(tag)}\", which names no command");
    }

    private async ValueTask<ImapResponse> UntaggedAsync(CancellationToken cancellationToken)
    {
        var kind = await _reader.NextAsync(cancellationToken);
        if (kind != ImapTokenKind.Atom) return new(ImapResponseKind.Other);
        if (_reader.Value.Span[0] is >= (byte)'0' and <= (byte)'9') return await NumberedAsync(_reader.Number(kind), cancellationToken);
        if (ImapStatus.TryParseCondition(_reader.Value.Span, out var condition)) return Untagged(TakeStatus(condition));
        if (_reader.Is("LIST"u8)) return new(ImapResponseKind.List);
        if (_reader.Is("NAMESPACE"u8)) return new(ImapResponseKind.Namespace);
        if (_reader.Is("ENABLED"u8)) return new(ImapResponseKind.Enabled);
        if (_reader.Is("CAPABILITY"u8)) TakeCapabilities(Encoding.ASCII.GetString(_reader.TakeText()));
        return new(ImapResponseKind.Other);
    }

    private async ValueTask<ImapResponse> NumberedAsync(uint number, CancellationToken cancellationToken)
    {
        if (await _reader.NextAsync(cancellationToken) != ImapTokenKind.Atom) throw _reader.Broken("a number without a keyword");
        if (_reader.Is("FETCH"u8)) return new(ImapResponseKind.Fetch, Number: number);
        if (_reader.Is("EXISTS"u8))
        {
            TakeExists(number);
            return new(ImapResponseKind.Exists, Number: number);
        }

        if (!_reader.Is("EXPUNGE"u8)) return new(ImapResponseKind.Other);
        TakeExpunge(number);
        return new(ImapResponseKind.Expunge, Number: number);
    }

    private ImapResponse Untagged(ImapStatus status)
    {
        // RFC 9051 §7.1.5: the server is about to close; only LOGOUT expects it.
        if (status.Condition == ImapCondition.Bye && !_ended) throw new MailConnectionException($"{_connection.Endpoint} says goodbye: {status.Words}");
        if (status.NumberOf("UIDVALIDITY") is { } validity && _uidValidity is { } known && known != validity)
            throw new MailConnectionException($"{_connection.Endpoint} has given the opened mailbox another UIDVALIDITY");
        return new(ImapResponseKind.Status, Status: status);
    }

    private ImapStatus TakeStatus(ImapCondition condition)
    {
        var status = ImapStatus.Parse(condition, _reader.TakeText());
        if (status.Is("CAPABILITY")) TakeCapabilities(status.Arguments);
        return status;
    }
}
