using System.Text;
using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Tests.Mime;

public sealed class HostileSizeTests
{
    [Fact]
    public void Ten_thousand_multiparts_within_one_another_are_opened_to_the_limit()
    {
        var raw = new StringBuilder();
        for (var i = 0; i < 10_000; i++) raw.Append($"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n");
        AssertLimited(raw.ToString());
    }

    [Fact]
    public void Ten_thousand_messages_within_one_another_end_at_the_limit()
    {
        var message = MimeParser.Parse(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("Content-Type: message/rfc822\r\n\r\n", 10_000))));
        var depth = 0;
        while (depth < 200 && message.Parts is [var part] && part.ContentType.IsMessage)
        {
            message = part.ParseMessage();
            depth++;
        }

        Assert.Equal(200, depth); // one at a time, on request: nothing descends by itself
    }

    [Fact]
    public void A_hundred_thousand_parts_are_read_to_the_limit()
    {
        var message = AssertLimited("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + string.Concat(Enumerable.Repeat("--b\r\n\r\nx\r\n", 100_000)));
        Assert.Equal(MimeLimits.Default.MaxParts, message.Parts.Count);
    }

    [Fact]
    public void A_hundred_thousand_delimiters_in_a_row_are_no_parts() =>
        Assert.Empty(Corpus.Parse("Content-Type: multipart/mixed; boundary=b\n\n" + string.Concat(Enumerable.Repeat("--b\n", 100_000))).Parts);

    [Fact]
    public void Half_a_million_header_lines_are_read_to_the_limit()
    {
        var message = AssertLimited("Subject: x\r\n" + string.Concat(Enumerable.Repeat("A: b\r\n", 500_000)) + "\r\nbody");
        Assert.Equal(MimeLimits.Default.MaxHeaderLines, message.Headers.Count);
        Assert.Equal("body", message.TextBody);
    }

    [Fact]
    public void Half_a_million_lines_that_are_no_fields_leave_a_bounded_number_of_defects()
    {
        var message = MimeParser.Parse(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("no field\r\nA: b\r\n", 250_000)) + "\r\nbody"));
        Assert.InRange(message.Defects.Count, 1, MimeLimits.Default.MaxHeaderLines);
        Assert.True(message.LimitExceeded);
    }

    [Theory]
    [InlineData("To: ", "a@example.org, ")]
    [InlineData("Subject: ", "=?utf-8?Q?a?= ")]
    [InlineData("Subject: ", "=?")]
    [InlineData("Subject: x", "\r\n y")]
    public void A_header_of_a_hundred_megabytes_is_cut(string name, string piece)
    {
        var raw = new byte[100_000_000];
        var octets = Encoding.ASCII.GetBytes(piece);
        for (var i = 0; i < raw.Length; i++) raw[i] = octets[i % octets.Length];
        Encoding.ASCII.GetBytes(name).CopyTo(raw, 0);
        var message = MimeParser.Parse(raw);
        Assert.True(message.LimitExceeded);
        Assert.InRange(message.Subject.Length, 0, MimeLimits.Default.MaxHeaderBytes);
        Assert.InRange(message.To.Count, 0, MimeLimits.Default.MaxHeaderBytes);
    }

    [Fact]
    public void Of_a_message_over_the_size_limit_only_the_headers_are_read()
    {
        var message = Corpus.Parse("Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--\n", new MimeLimits { MaxBytes = 20 });
        Assert.True(message.LimitExceeded);
        Assert.Equal("x", message.Subject);
        Assert.IsType<MimePart>(message.Body);
    }

    private static MailMessage AssertLimited(string raw)
    {
        var message = MimeParser.Parse(Encoding.ASCII.GetBytes(raw));
        Assert.True(message.LimitExceeded);
        Assert.Contains(message.Defects, d => d.Kind == MimeDefectKind.LimitExceeded);
        Assert.InRange(message.Defects.Count, 1, 1000);
        Corpus.Exercise(message);
        return message;
    }
}
