using System.Globalization;
using System.Threading.Channels;
using MailDesk.Mail.Imap;
using MailDesk.Mail.Net;
using MailDesk.Mail.Smtp;
using MailDesk.TestServers;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Storage;
using Microsoft.Data.Sqlite;

namespace MailDesk.Bench;

/// <summary>
/// What any program would have to do at the least: fetch each message (pipelined), commit it raw to SQLite (WAL, synchronous=FULL, one
/// transaction a message) and send ready-made letters over as many kept connections as the daemon has, while the next message is fetched.
/// A process of its own, so that it starts as cold as the daemon.
/// </summary>
internal static class BarePipeline
{
    private static readonly int Connections = new SmtpSettings().Connections;

    private sealed record ReadyLetter(MailEnvelope Envelope, byte[] Raw);

    /// <param name="arguments">
    /// IMAP port, SMTP port, database to write, the daemon's database, the first moment of its letters as Unix milliseconds, and whether to send
    /// <c>all</c> of them or <c>one</c> for each message.
    /// </param>
    /// <returns>0; prints the seconds from the opened inbox to the last letter's acceptance, how many letters were sent, and the processor's seconds.</returns>
    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var account = MailServers.User(Fill.Mailbox);
        var letters = await LettersAsync(arguments[3], long.Parse(arguments[4], CultureInfo.InvariantCulture), cancellationToken);
        var one = arguments[5] is "one" ? letters.Find(letter => letter.Envelope.Recipients[0].Contains("client", StringComparison.Ordinal)) : null;
        var before = Environment.CpuUsage.TotalTime;
        await using var session = await ImapClient.ConnectAsync(Endpoint(arguments[0]), account, time, cancellationToken);
        await session.OpenAsync("INBOX", cancellationToken);

        var began = time.GetTimestamp();
        await using var connection = new SqliteConnection($"Data Source={arguments[2]}");
        await connection.OpenAsync(cancellationToken);
        await ExecuteAsync(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE Mails (Uid INTEGER PRIMARY KEY, Raw BLOB NOT NULL)", cancellationToken);
        var due = Channel.CreateUnbounded<ReadyLetter>();
        var sending = Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => SendAsync(due.Reader, Endpoint(arguments[1]), account, cancellationToken)));
        await using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO Mails (Uid, Raw) VALUES ($uid, $raw)";
        var (uid, raw) = (insert.Parameters.Add("$uid", SqliteType.Integer), insert.Parameters.Add("$raw", SqliteType.Blob));
        var messages = await session.ListAsync(1, cancellationToken);
        var (recorded, released) = (0, 0);
        await foreach (var message in session.FetchAsync(messages, cancellationToken))
        {
            (uid.Value, raw.Value) = (message.Summary.Uid, message.Raw.ToArray());
            await insert.ExecuteNonQueryAsync(cancellationToken);
            var allowed = one is null ? (long)letters.Count * ++recorded / messages.Count : ++recorded;
            for (; released < allowed; released++) due.Writer.TryWrite(one ?? letters[released]);
        }

        due.Writer.Complete();
        await sending;
        var processor = Environment.CpuUsage.TotalTime - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.GetElapsedTime(began).TotalSeconds} {released} {processor.TotalSeconds}"));
        return 0;
    }

    private static async Task SendAsync(ChannelReader<ReadyLetter> due, MailEndpoint smtp, MailCredentials account, CancellationToken cancellationToken)
    {
        await using var transport = new SmtpClient(new SmtpOptions { Endpoint = smtp, Credentials = account, HeloName = "localhost" }, TimeProvider.System);
        await foreach (var letter in due.ReadAllAsync(cancellationToken))
        {
            var result = await transport.SendAsync(letter.Envelope, letter.Raw, cancellationToken);
            if (result is not SendResult.Accepted) throw new InvalidOperationException($"not accepted: {result}");
        }
    }

    private static async Task<List<ReadyLetter>> LettersAsync(string database, long since, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly");
        await connection.OpenAsync(cancellationToken);
        await using var select = connection.CreateCommand();
        select.CommandText = "SELECT Sender, Recipient, Compressed FROM Letters JOIN LetterContents ON LetterId = Id WHERE SentAt > $since ORDER BY Id";
        select.Parameters.AddWithValue("$since", since);
        await using var rows = await select.ExecuteReaderAsync(cancellationToken);
        List<ReadyLetter> letters = [];
        while (await rows.ReadAsync(cancellationToken))
        {
            letters.Add(new ReadyLetter(new MailEnvelope(rows.GetString(0), [rows.GetString(1)]), Compression.Decompress(rows.GetFieldValue<byte[]>(2))));
        }

        return letters;
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static MailEndpoint Endpoint(string port) => new("127.0.0.1", int.Parse(port, CultureInfo.InvariantCulture), TlsMode.None);
}
