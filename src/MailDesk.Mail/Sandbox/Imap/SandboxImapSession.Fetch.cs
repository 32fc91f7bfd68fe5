using System.Globalization;

namespace MailDesk.Mail.Sandbox;

/// <summary>FETCH (RFC 3501 §6.4.5). Large contents go from the store to the socket without a copy.</summary>
internal sealed partial class SandboxImapSession
{
    private static readonly FetchItem.Attribute FlagsItem = new("FLAGS");
    private static readonly FetchItem.Attribute UidItem = new("UID");

    private async ValueTask<string> FetchAsync(ImapArguments arguments, bool byUid, CancellationToken stop)
    {
        arguments.Space();
        var set = arguments.SequenceSet();
        arguments.Space();
        var items = FetchItem.Read(arguments);
        arguments.End();
        if (byUid && !items.Contains(UidItem)) items.Insert(0, UidItem); // RFC 3501 §6.4.8
        var setsSeen = !Selected.IsReadOnly && items.Exists(i => i is FetchItem.Content { Peek: false });
        foreach (var (number, message) in Selected.Find(set, byUid))
        {
            var nowSeen = setsSeen && SetSeen(message);
            await WriteAsync(number, message, nowSeen && !items.Contains(FlagsItem) ? [.. items, FlagsItem] : items, stop);
        }

        return "OK FETCH completed";
    }

    private bool SetSeen(StoredMessage message)
    {
        lock (Account.Gate)
        {
            if (message.IsExpunged || message.Has("\\Seen")) return false;
            Selected.Mailbox.SetFlags(message, message.Flags.With(["\\Seen"]));
            return true;
        }
    }

    private async ValueTask WriteAsync(int number, StoredMessage message, List<FetchItem> items, CancellationToken stop)
    {
        var parsed = new ImapMessage(message.Raw);
        var separator = string.Create(CultureInfo.InvariantCulture, $"* {number} FETCH (");
        foreach (var item in items)
        {
            connection.Write(separator);
            separator = " ";
            if (item is FetchItem.Content content) await WriteContentAsync(content, parsed, stop);
            else connection.Write(ValueOf(((FetchItem.Attribute)item).Name, number, message, parsed));
        }

        connection.Write(")\r\n");
        await connection.FlushIfLargeAsync(stop);
    }

    private string ValueOf(string name, int number, StoredMessage message, ImapMessage parsed)
    {
        var value = name switch
        {
            "UID" => message.Uid.ToString(CultureInfo.InvariantCulture),
            "FLAGS" => Flags(),
            "INTERNALDATE" => ImapText.DateTime(message.InternalDate),
            "RFC822.SIZE" => message.Raw.Length.ToString(CultureInfo.InvariantCulture),
            "ENVELOPE" => ImapEnvelope.Of(parsed.Parsed.Headers),
            _ => new ImapBodyStructure(extended: name is "BODYSTRUCTURE").Of(parsed.Parsed.Body),
        };
        return $"{name} {value}";

        string Flags()
        {
            Selected.Told(number, message);
            return $"({Selected.FlagsOf(message)})";
        }
    }

    private async ValueTask WriteContentAsync(FetchItem.Content item, ImapMessage message, CancellationToken stop)
    {
        connection.Write(item.Label).Write(" ");
        if (message.Section(item.Section) is not { } octets)
        {
            connection.Write("NIL");
            return;
        }

        if (item.Partial is var (first, count))
        {
            octets = octets[(int)Math.Min(first, octets.Length)..];
            octets = octets[..(int)Math.Min(count, octets.Length)];
        }

        connection.Write($"{{{octets.Length}}}\r\n");
        await connection.WriteThroughAsync(octets, stop);
    }
}
