using System.Collections.Frozen;
using System.Threading.Channels;

namespace MailDesk.Mail.Sandbox;

/// <summary>
/// One IMAP client (RFC 3501; LITERAL+ RFC 7888, SASL-IR RFC 4959, ID RFC 2971, NAMESPACE RFC 2342, UIDPLUS RFC 4315, MOVE RFC 6851,
/// IDLE RFC 2177, UNSELECT RFC 3691, CHILDREN RFC 3348, ENABLE RFC 5161, LIST-EXTENDED RFC 5258, SPECIAL-USE RFC 6154).
/// <para>Invariants: a command that BAD answers has done nothing; what other sessions changed is written just before the tagged answer, and
/// during IDLE at once; the account's lock is never held while the network is waited for.</para>
/// </summary>
internal sealed partial class SandboxImapSession(SandboxConnection connection, SandboxStore store, SandboxSite site)
{
    private const string Everywhere = "IMAP4rev1 LITERAL+ SASL-IR AUTH=PLAIN ID NAMESPACE UIDPLUS MOVE IDLE UNSELECT CHILDREN ENABLE LIST-EXTENDED SPECIAL-USE";

    /// <summary>A name and a password; nothing else has literals before the login.</summary>
    private const int MaxLiteralBeforeLogin = 4096;

    /// <summary>A client that only errs is sent away.</summary>
    private const int MaxErrors = 20;

    /// <summary>The commands: the state they need, whether sequence numbers must stand still meanwhile (§7.4.1), and what they do.</summary>
    private static readonly FrozenDictionary<string, Command> Commands = new Dictionary<string, Command>(StringComparer.Ordinal)
    {
        ["CAPABILITY"] = new(State.Connected, false, static (s, a, _) => s.Capability(a)),
        ["NOOP"] = new(State.Connected, false, static (_, a, _) => Done(a, "NOOP")),
        ["LOGOUT"] = new(State.Connected, false, static (s, a, _) => s.Logout(a)),
        ["ID"] = new(State.Connected, false, static (s, a, _) => s.Id(a)),
        ["LOGIN"] = new(State.Connected, false, static (s, a, stop) => s.LoginAsync(a, stop)),
        ["AUTHENTICATE"] = new(State.Connected, false, static (s, a, stop) => s.AuthenticateAsync(a, stop)),
        ["ENABLE"] = new(State.LoggedIn, false, static (s, a, _) => s.Enable(a)),
        ["NAMESPACE"] = new(State.LoggedIn, false, static (s, a, _) => s.Namespace(a)),
        ["SELECT"] = new(State.LoggedIn, false, static (s, a, _) => s.Select(a, readOnly: false)),
        ["EXAMINE"] = new(State.LoggedIn, false, static (s, a, _) => s.Select(a, readOnly: true)),
        ["CREATE"] = new(State.LoggedIn, false, static (s, a, _) => s.Create(a)),
        ["DELETE"] = new(State.LoggedIn, false, static (s, a, _) => s.Delete(a)),
        ["RENAME"] = new(State.LoggedIn, false, static (s, a, _) => s.Rename(a)),
        ["SUBSCRIBE"] = new(State.LoggedIn, false, static (s, a, _) => s.Subscribe(a, subscribed: true)),
        ["UNSUBSCRIBE"] = new(State.LoggedIn, false, static (s, a, _) => s.Subscribe(a, subscribed: false)),
        ["LIST"] = new(State.LoggedIn, false, static (s, a, _) => s.List(a)),
        ["LSUB"] = new(State.LoggedIn, false, static (s, a, _) => s.ListSubscribed(a)),
        ["STATUS"] = new(State.LoggedIn, false, static (s, a, _) => s.Status(a)),
        ["APPEND"] = new(State.LoggedIn, false, static (s, a, _) => s.Append(a)),
        ["IDLE"] = new(State.LoggedIn, false, static (s, a, stop) => s.IdleAsync(a, stop)),
        ["CHECK"] = new(State.Selected, false, static (_, a, _) => Done(a, "CHECK")),
        ["CLOSE"] = new(State.Selected, false, static (s, a, _) => s.Close(a, expunge: true)),
        ["UNSELECT"] = new(State.Selected, false, static (s, a, _) => s.Close(a, expunge: false)),
        ["EXPUNGE"] = new(State.Selected, false, static (s, a, _) => s.Expunge(a, byUid: false)),
        ["UID EXPUNGE"] = new(State.Selected, false, static (s, a, _) => s.Expunge(a, byUid: true)),
        ["SEARCH"] = new(State.Selected, true, static (s, a, _) => s.Search(a, byUid: false)),
        ["UID SEARCH"] = new(State.Selected, false, static (s, a, _) => s.Search(a, byUid: true)),
        ["FETCH"] = new(State.Selected, true, static (s, a, stop) => s.FetchAsync(a, byUid: false, stop)),
        ["UID FETCH"] = new(State.Selected, false, static (s, a, stop) => s.FetchAsync(a, byUid: true, stop)),
        ["STORE"] = new(State.Selected, true, static (s, a, _) => s.Store(a, byUid: false)),
        ["UID STORE"] = new(State.Selected, false, static (s, a, _) => s.Store(a, byUid: true)),
        ["COPY"] = new(State.Selected, false, static (s, a, _) => s.Copy(a, byUid: false)),
        ["UID COPY"] = new(State.Selected, false, static (s, a, _) => s.Copy(a, byUid: true)),
        ["MOVE"] = new(State.Selected, false, static (s, a, _) => s.Move(a, byUid: false)),
        ["UID MOVE"] = new(State.Selected, false, static (s, a, _) => s.Move(a, byUid: true)),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly ImapCommandReader _reader = new(connection);
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private MailAccount? _account;
    private SelectedMailbox? _selected;
    private int _errors;
    private bool _ended;

    private enum State
    {
        Connected,
        LoggedIn,
        Selected,
    }

    private sealed record Command(State Needs, bool KeepsNumbers, Func<SandboxImapSession, ImapArguments, CancellationToken, ValueTask<string>> Run);

    private string Capabilities => site.Options.Token is null ? Everywhere : Everywhere + " AUTH=OAUTHBEARER AUTH=XOAUTH2";

    private MailAccount Account => _account ?? throw new InvalidOperationException("not logged in");

    private SelectedMailbox Selected => _selected ?? throw new InvalidOperationException("nothing selected");

    private State Now => (_account, _selected) switch { (null, _) => State.Connected, (_, null) => State.LoggedIn, _ => State.Selected };

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            connection.Write($"* OK [CAPABILITY {Capabilities}] {site.Name} MailDesk sandbox\r\n");
            while (!_ended)
            {
                var command = await _reader.ReadAsync(_account is null ? MaxLiteralBeforeLogin : site.Options.MaxMessageBytes, stop);
                await ExecuteAsync(command, stop);
            }

            await connection.FlushAsync(stop);
        }
        catch (TimeoutException)
        {
            await connection.Write("* BYE [UNAVAILABLE] You were silent for too long\r\n").FlushAsync(stop); // RFC 3501 §5.4
        }
        finally
        {
            Deselect();
        }
    }

    private async ValueTask ExecuteAsync(ImapArguments arguments, CancellationToken stop)
    {
        var tag = "*"; // RFC 3501 §7.1.3: BAD without a tag where none can be read
        string result;
        var keepsNumbers = true;
        try
        {
            tag = arguments.Tag();
            arguments.Space();
            var name = arguments.Atom().ToUpperInvariant();
            if (name is "UID")
            {
                arguments.Space();
                name += " " + arguments.Atom().ToUpperInvariant();
            }

            if (arguments.Problem is { } problem) result = problem;
            else if (!Commands.TryGetValue(name, out var command)) result = "BAD Unknown command";
            else if (command.Needs > Now) result = command.Needs == State.Selected && _account is not null ? "BAD Select a mailbox first" : "BAD Log in first";
            else
            {
                keepsNumbers = command.KeepsNumbers;
                result = await command.Run(this, arguments, stop);
            }
        }
        catch (ImapSyntaxException e)
        {
            result = $"BAD {e.Message}";
        }
        catch (MailStoreException e)
        {
            result = $"NO [UNAVAILABLE] {e.Message.ReplaceLineEndings(" ")}";
        }

        WriteNews(expunge: !keepsNumbers);
        connection.Write($"{tag} {result}\r\n");
        if (result.StartsWith("BAD", StringComparison.Ordinal) && ++_errors > MaxErrors) connection.Write("* BYE Too many errors\r\n");
        _ended |= _errors > MaxErrors || arguments.EndsSession;
    }

    /// <summary>Writes what has changed in the selected mailbox since the last time.</summary>
    private void WriteNews(bool expunge)
    {
        if (_selected is not { HasNews: true } selected) return;
        lock (selected.Account.Gate) selected.Update(expunge, text => connection.Write(text));
    }

    private void Wake() => _news.Writer.TryWrite(true);

    private static ValueTask<string> Done(ImapArguments arguments, string command)
    {
        arguments.End();
        return Completed(command);
    }

    private static ValueTask<string> Completed(string command) => ValueTask.FromResult($"OK {command} completed");

    private static ValueTask<string> No(string reason) => ValueTask.FromResult($"NO {reason}");
}
