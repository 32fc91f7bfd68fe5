using System.Net.Sockets;
using System.Text;

namespace MailDesk.Mail.Tests.Sandbox;

/// <summary>Says lines and expects lines, octet for octet (Latin-1), over a real socket. A server that says nothing fails the test in the end.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TcpClient _client = new() { NoDelay = true };
    private Stream _stream = Stream.Null;
    private int _tag;

    public static async Task<RawClient> ConnectAsync(int port)
    {
        var client = new RawClient();
        await client._client.ConnectAsync("127.0.0.1", port);
        client._stream = new BufferedStream(client._client.GetStream());
        return client;
    }

    public static async Task<RawClient> SmtpAsync(int port)
    {
        var client = await ConnectAsync(port);
        await client.ExpectAsync("220");
        await client.SayAsync("EHLO tester");
        while (!(await client.ReadLineAsync()).StartsWith("250 ", StringComparison.Ordinal))
        {
        }

        return client;
    }

    public static async Task<RawClient> ImapAsync(int port, string user = "support@desk.example", string? select = "INBOX")
    {
        var client = await ConnectAsync(port);
        await client.ExpectAsync("* OK");
        await client.OkAsync($"LOGIN {user} secret");
        if (select is not null) await client.OkAsync($"SELECT {select}");
        return client;
    }

    public Task SayAsync(string line) => SendAsync(line + "\r\n");

    public async Task SendAsync(string octets)
    {
        await _stream.WriteAsync(Encoding.Latin1.GetBytes(octets));
        await _stream.FlushAsync();
    }

    public async Task<string> ReadLineAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var line = new StringBuilder();
        var octet = new byte[1];
        while (await _stream.ReadAsync(octet, patience.Token) > 0)
        {
            if (octet[0] == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)octet[0]);
        }

        return line.Length > 0 ? line.ToString() : "(closed)";
    }

    public async Task<string> ExpectAsync(string beginning)
    {
        var line = await ReadLineAsync();
        Assert.StartsWith(beginning, line);
        return line;
    }

    /// <summary>Says an SMTP command and returns its one-line reply, which begins as expected.</summary>
    public async Task<string> AskAsync(string line, string beginning)
    {
        await SayAsync(line);
        return await ExpectAsync(beginning);
    }

    /// <summary>Runs an IMAP command; returns all that the server said, the tagged line (without its tag) last.</summary>
    public async Task<List<string>> RunAsync(string command)
    {
        var tag = $"T{++_tag}";
        await SayAsync($"{tag} {command}");
        return await TaggedAsync(tag);
    }

    public async Task<List<string>> TaggedAsync(string tag)
    {
        var lines = new List<string>();
        while (true)
        {
            var line = await ReadLineAsync();
            Assert.NotEqual("(closed)", line);
            if (line.StartsWith(tag + " ", StringComparison.Ordinal))
            {
                lines.Add(line[(tag.Length + 1)..]);
                return lines;
            }

            lines.Add(line);
        }
    }

    public async Task<List<string>> OkAsync(string command)
    {
        var lines = await RunAsync(command);
        Assert.True(lines[^1].StartsWith("OK", StringComparison.Ordinal), $"{command} → {lines[^1]}");
        return lines;
    }

    public async Task<string> RefusedAsync(string command)
    {
        var last = (await RunAsync(command))[^1];
        Assert.False(last.StartsWith("OK", StringComparison.Ordinal), $"{command} → {last}");
        return last;
    }

    /// <summary>Sends a message with the envelope given; returns the reply to its data.</summary>
    public async Task<string> MailAsync(string from, string to, string message)
    {
        await AskAsync($"MAIL FROM:<{from}>", "250");
        await AskAsync($"RCPT TO:<{to}>", "250");
        await AskAsync("DATA", "354");
        await SendAsync(message.ReplaceLineEndings("\r\n") + "\r\n.\r\n");
        return await ReadLineAsync();
    }

    /// <summary>APPENDs with a literal that does not wait.</summary>
    public Task<List<string>> AppendAsync(string mailbox, string message, string flags = "")
    {
        var text = message.ReplaceLineEndings("\r\n");
        return OkAsync($"APPEND {mailbox} {flags}{{{text.Length}+}}\r\n{text}");
    }

    public void Dispose() => _client.Dispose();
}
