using System.Globalization;
using System.Text;

namespace MailDesk.Mail.Sandbox;

/// <summary>
/// Keeps one mailbox in a folder that is named by its UIDVALIDITY: a file <c>UID.eml</c> a message, and <c>journal</c>, a line a change:
/// <code>
/// name INBOX
/// next 4                              the next UID
/// add 3 2026-01-05T09:00:00.0000000+00:00 \Seen
/// flags 3 \Seen \Deleted
/// gone 3
/// </code>
/// <para>Invariants: a message's file is complete before its line is written; a line without its LF never happened; a killed process loses
/// nothing that was acknowledged (a power cut may: nothing is forced to the disk). The journal is rewritten from its sum when
/// it is opened; <see cref="SandboxStore"/> keeps a second process out of the whole folder.</para>
/// </summary>
internal sealed class MailboxJournal : IDisposable
{
    private readonly string _folder;
    private readonly FileStream _journal;

    private MailboxJournal(string folder, string sum)
    {
        _folder = folder;
        var path = PathOf(folder);
        File.WriteAllText(path + ".new", sum);
        File.Move(path + ".new", path, overwrite: true);
        _journal = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    public static MailboxJournal Create(string folder, string name) => Guarded(folder, () =>
    {
        Directory.CreateDirectory(folder);
        return new MailboxJournal(folder, $"name {name}\nnext 1\n");
    });

    /// <summary>Reads a mailbox back, or null where <paramref name="folder"/> has no journal.</summary>
    public static StoredMailbox? Open(string folder, uint uidValidity)
    {
        if (!File.Exists(PathOf(folder))) return null;
        var (name, next, messages) = Replay(folder);
        var sum = new StringBuilder().Append(CultureInfo.InvariantCulture, $"name {name}\nnext {next}\n");
        foreach (var message in messages.Values) sum.Append(LineOf(message));
        var mailbox = new StoredMailbox(name, uidValidity, new MailboxJournal(folder, sum.ToString()));
        mailbox.Restore(messages.Values, next);
        var kept = messages.Keys.Select(uid => FileOf(folder, uid)).ToHashSet(StringComparer.Ordinal);
        foreach (var orphan in Directory.EnumerateFiles(folder, "*.eml").Where(f => !kept.Contains(f))) TryDelete(orphan);
        return mailbox;
    }

    public void Added(StoredMessage message)
    {
        Guarded(_folder, () =>
        {
            using var file = File.Create(FileOf(_folder, message.Uid));
            file.Write(message.Raw.Span);
            return file.Length;
        });
        Append(LineOf(message));
    }

    public void Flagged(uint uid, string[] flags) => Append($"flags {uid} {string.Join(' ', flags)}\n");

    public void Removed(uint uid)
    {
        Append($"gone {uid}\n");
        TryDelete(FileOf(_folder, uid));
    }

    public void Renamed(string name) => Append($"name {name}\n");

    public void Delete()
    {
        Dispose();
        Guarded(_folder, () =>
        {
            Directory.Delete(_folder, recursive: true);
            return 0;
        });
    }

    public void Dispose() => _journal.Dispose();

    private static (string Name, uint Next, SortedDictionary<uint, StoredMessage> Messages) Replay(string folder)
    {
        var name = "";
        var next = 1u;
        var messages = new SortedDictionary<uint, StoredMessage>();
        var text = File.ReadAllText(PathOf(folder));
        foreach (var line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is ["name", ..])
            {
                name = line["name ".Length..];
                continue;
            }

            if (words.Length < 2 || !uint.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) continue;
            switch (words)
            {
                case ["next", _]:
                    next = number;
                    break;
                case ["add", _, var date, .. var flags] when File.Exists(FileOf(folder, number))
                    && DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, out var internalDate):
                    messages[number] = new StoredMessage(number, internalDate, File.ReadAllBytes(FileOf(folder, number)), flags);
                    next = Math.Max(next, number + 1);
                    break;
                case ["add", ..]:
                    next = Math.Max(next, number + 1);
                    break;
                case ["flags", _, .. var flags] when messages.TryGetValue(number, out var message):
                    message.Flags = flags;
                    break;
                case ["gone", _]:
                    messages.Remove(number);
                    break;
            }
        }

        return (name, next, messages);
    }

    private static string LineOf(StoredMessage message) =>
        string.Create(CultureInfo.InvariantCulture, $"add {message.Uid} {message.InternalDate:O} {string.Join(' ', message.Flags)}\n");

    private static string PathOf(string folder) => Path.Combine(folder, "journal");

    private static string FileOf(string folder, uint uid) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{uid}.eml"));

    private void Append(string line) => Guarded(_folder, () =>
    {
        var before = _journal.Length;
        try
        {
            _journal.Write(Encoding.UTF8.GetBytes(line));
        }
        catch (IOException)
        {
            _journal.SetLength(before); // half a line must not spoil the next one
            throw;
        }

        return before;
    });

    /// <summary>A file that stays behind does no harm: the journal does not name it, and the next opening tries again.</summary>
    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // somebody is looking at it
        }
    }

    private static T Guarded<T>(string folder, Func<T> io)
    {
        try
        {
            return io();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            throw new MailStoreException($"cannot write to {folder}: {e.Message}", e);
        }
    }
}
