using System.Globalization;
using System.Threading.Channels;
using MailDesk.Mail.Imap;
using MailDesk.Mail.Net;
using MailDesk.Mail.Smtp;
using MailDesk.TestServers;
using Microsoft.Data.Sqlite;

namespace MailDesk.Bench;

/// <summary>
/// What any program would have to do at the least: fetch each message (pipelined), commit it raw to SQLite (WAL, synchronous=FULL, one
/// transaction a message) and send one letter for it over one kept connection, while the next is fetched. A process of its own, so that it
/// starts as cold as the daemon.
/// </summary>
internal static class BarePipeline
{
    /// <param name="arguments">IMAP port, SMTP port, database, file with the letter.</param>
    /// <returns>0; prints the seconds from the opened inbox to the last letter's acceptance, how many letters were sent, and the processor's seconds.</returns>
    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var account = MailServers.User("support@desk.example");
        var letter = await File.ReadAllBytesAsync(arguments[3], cancellationToken);
        await using var session = await ImapClient.ConnectAsync(Endpoint(arguments[0]), account, time, cancellationToken);
        await session.OpenAsync("INBOX", cancellationToken);

        var began = time.GetTimestamp();
        await using var connection = new SqliteConnection($"Data Source={arguments[2]}");
        await connection.OpenAsync(cancellationToken);
        await ExecuteAsync(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE Mails (Uid INTEGER PRIMARY KEY, Raw BLOB NOT NULL)", cancellationToken);
        var recorded = Channel.CreateUnbounded<uint>();
        var sending = SendAsync(recorded.Reader, Endpoint(arguments[1]), account, letter, cancellationToken);
        await using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO Mails (Uid, Raw) VALUES ($uid, $raw)";
        var (uid, raw) = (insert.Parameters.Add("$uid", SqliteType.Integer), insert.Parameters.Add("$raw", SqliteType.Blob));
        await foreach (var message in session.FetchAsync(await session.ListAsync(1, cancellationToken), cancellationToken))
        {
            (uid.Value, raw.Value) = (message.Summary.Uid, message.Raw.ToArray());
            await insert.ExecuteNonQueryAsync(cancellationToken);
            recorded.Writer.TryWrite(message.Summary.Uid);
        }

        recorded.Writer.Complete();
        var sent = await sending;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.GetElapsedTime(began).TotalSeconds} {sent} {Environment.CpuUsage.TotalTime.TotalSeconds}"));
        return 0;
    }

    private static async Task<int> SendAsync(ChannelReader<uint> recorded, MailEndpoint smtp, MailCredentials account, byte[] letter, CancellationToken cancellationToken)
    {
        await using var transport = new SmtpClient(new SmtpOptions { Endpoint = smtp, Credentials = account, HeloName = "localhost" }, TimeProvider.System);
        var sent = 0;
        await foreach (var _ in recorded.ReadAllAsync(cancellationToken))
        {
            var result = await transport.SendAsync(new MailEnvelope("support@desk.example", ["anna@client.example"]), letter, cancellationToken);
            if (result is not SendResult.Accepted) throw new InvalidOperationException($"not accepted: {result}");
            sent++;
        }

        return sent;
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static MailEndpoint Endpoint(string port) => new("127.0.0.1", int.Parse(port, CultureInfo.InvariantCulture), TlsMode.None);
}
