using System.Diagnostics;
using System.Text.Json;
using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Tests.Mime;

/// <summary>A reader that others wrote must see in our letters what we put in.</summary>
public sealed class PythonReadBackTests
{
    private const string Script = """
        import sys, json, email, base64
        from email import policy
        m = email.message_from_string(sys.stdin.buffer.read().decode(), policy=policy.SMTPUTF8) # strict: octets that are no UTF-8 fail
        parts = [p for p in m.walk() if not p.is_multipart()]
        print(json.dumps({
            "subject": m["Subject"],
            "from": [[a.display_name, a.addr_spec] for a in m["From"].addresses],
            "to": [[a.display_name, a.addr_spec] for a in m["To"].addresses],
            "date": m["Date"].datetime.isoformat(),
            "id": m["Message-ID"],
            "references": m["References"].split(),
            "text": m.get_body(("plain",)).get_content() if m.get_body(("plain",)) else None,
            "html": m.get_body(("html",)).get_content() if m.get_body(("html",)) else None,
            "files": [[p.get_filename(), base64.b64encode(p.get_payload(decode=True)).decode()] for p in parts if p.get_filename()],
            "defects": [type(d).__name__ for p in m.walk() for d in p.defects + [e for h in p.values() for e in getattr(h, "defects", [])]],
        }))
        """;

    [Theory]
    [MemberData(nameof(MessageBuilderTests.Texts), MemberType = typeof(MessageBuilderTests))]
    public async Task Pythons_email_package_reads_what_was_written(string text, string? html)
    {
        byte[] content = [.. Enumerable.Range(0, 500).Select(i => (byte)(i * 7))];
        var letter = MessageBuilderTests.Letter(text, html,
            new("снимок экрана, очень длинное имя файла с пробелами и номером 123456789.png", "image/png", content),
            new("a \"quoted\" name.bin", "application/octet-stream", content),
            new("logo.png", "image/png", content, "logo@desk.example"));
        var read = await ReadAsync(letter.Build());

        Assert.Equal(letter.Subject, read.GetProperty("subject").GetString());
        Assert.Equal(letter.From, Addresses(read.GetProperty("from")));
        Assert.Equal(letter.To, Addresses(read.GetProperty("to")));
        Assert.Equal(letter.Date, read.GetProperty("date").GetDateTimeOffset());
        Assert.Equal($"<{letter.MessageId}>", read.GetProperty("id").GetString());
        Assert.Equal(letter.References.Select(r => $"<{r}>"), read.GetProperty("references").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal(Unix(text), Unix(read.GetProperty("text").GetString()));
        Assert.Equal(Unix(html), Unix(read.GetProperty("html").GetString()));
        Assert.Equal(letter.Attachments.Select(a => (a.FileName, Convert.ToBase64String(content))).Order(),
            read.GetProperty("files").EnumerateArray().Select(f => (f[0].GetString(), f[1].GetString()!)).Order());
        Assert.Empty(read.GetProperty("defects").EnumerateArray());
    }

    /// <summary>RFC 6532: no encoding for a local part; the display name and the domain keep theirs.</summary>
    [Fact]
    public async Task Pythons_email_package_reads_a_local_part_of_other_letters()
    {
        var letter = new MessageBuilder
        {
            From = [new("Анна К.", "анна.к@desk.example")],
            To = [.. Enumerable.Range(0, 12).Select(i => new MailboxAddress(null, $"получатель-{i}@client.example")), new("Ю, Я", "ю+я@тест.бел")],
            Date = DateTimeOffset.UnixEpoch,
            MessageId = "1@desk.example",
            References = ["2@desk.example"],
            Text = "hello\r\n",
        };
        var raw = letter.Build();
        var read = await ReadAsync(raw);

        MailboxAddress[] to = [.. letter.To.SkipLast(1), new("Ю, Я", "ю+я@xn--e1aybc.xn--90ais")];
        Assert.Equal(letter.From, Addresses(read.GetProperty("from")));
        Assert.Equal(to, Addresses(read.GetProperty("to")));
        // Python notes of every such local part that RFC 5322 alone would not allow it; there is no other defect.
        Assert.All(read.GetProperty("defects").EnumerateArray(), defect => Assert.Equal("NonASCIILocalPartDefect", defect.GetString()));
        var own = MimeParser.Parse(raw);
        Assert.Equal(letter.From, own.From);
        Assert.Equal(to, own.To);
        Assert.Empty(own.Defects);
    }

    private static IEnumerable<MailboxAddress> Addresses(JsonElement list) =>
        list.EnumerateArray().Select(a => new MailboxAddress(a[0].GetString() is { Length: > 0 } name ? name : null, a[1].GetString()!));

    private static string? Unix(string? text) => text?.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static async Task<JsonElement> ReadAsync(byte[] raw)
    {
        var start = new ProcessStartInfo("python3", ["-c", Script])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process? python = null;
        try
        {
            python = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("python3 is not installed");
        }

        using (python!)
        {
            var output = python!.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await python.StandardInput.BaseStream.WriteAsync(raw, TestContext.Current.CancellationToken);
            python.StandardInput.Close();
            var json = await output;
            Assert.True(json.Length > 0, await error);
            return JsonDocument.Parse(json).RootElement;
        }
    }
}
