using System.Text;

namespace MailDesk.Mail.Tests.Mime;

public sealed class UuBlockTests
{
    private const string Cat = "begin 644 cat.txt\n#0V%T\n`\nend\n";

    [Fact]
    public void A_file_in_the_text_is_an_attachment_and_leaves_the_text()
    {
        var message = Corpus.Parse($"Subject: x\n\nBefore\n{Cat}After\nbegin 0755 Мой файл.bin\n{Encode([.. Enumerable.Range(0, 256).Select(i => (byte)i)])}`\nend");
        Assert.Equal("Before\r\nAfter\r\n", message.TextBody);
        Assert.Equal(["cat.txt", "Мой файл.bin"], message.Attachments.Select(a => a.FileName));
        Assert.Equal("Cat", Encoding.ASCII.GetString(message.Attachments[0].Decode()));
        Assert.Equal(Enumerable.Range(0, 256).Select(i => (byte)i), message.Attachments[1].Decode());
        Assert.Single(message.Parts);
    }

    [Fact]
    public void Blanks_that_got_lost_at_the_ends_of_lines_come_back()
    {
        var zeros = Encode(new byte[90]).Replace('`', ' ').Replace("M" + new string(' ', 60), "M", StringComparison.Ordinal);
        Assert.Equal("begin 644 z\nM\nM\n", "begin 644 z\n" + zeros);
        Assert.Equal(new byte[90], Assert.Single(Corpus.Parse($"Subject: x\n\nbegin 644 z\n{zeros}\nend\n").Attachments).Decode());
    }

    [Fact]
    public void A_block_without_the_line_of_length_nought_is_whole() =>
        Assert.Equal("Cat"u8.ToArray(), Assert.Single(Corpus.Parse("Subject: x\n\nbegin 644 cat.txt\n#0V%T\nend\n").Attachments).Decode());

    [Theory]
    [InlineData("begin 644 cat.txt\n#0V%T\n`\n")] // no end
    [InlineData("begin 644 cat.txt\n#0V%T\nlower case is no data\nend\n")]
    [InlineData("begin 644 cat.txt\n#0V%TTOO LONG\n`\nend\n")]
    [InlineData("begin 644\n#0V%T\n`\nend\n")]
    [InlineData("begin 999 cat.txt\n#0V%T\n`\nend\n")]
    [InlineData("> begin 644 cat.txt\n> #0V%T\n> `\n> end\n")]
    [InlineData("We begin 644 tests\nand\nend\n")]
    [InlineData("begin 644 кот\nНу что\nend\n")]
    public void What_is_no_whole_block_stays_text(string text)
    {
        var message = Corpus.Parse($"Content-Type: text/plain; charset=utf-8\n\n{text}");
        Assert.Equal(text.ReplaceLineEndings("\r\n"), message.TextBody);
        Assert.Empty(message.Attachments);
    }

    [Fact]
    public void A_block_after_a_broken_one_is_found() =>
        Assert.Equal("cat.txt", Assert.Single(Corpus.Parse($"Subject: x\n\nbegin 644 broken\nM0\n{Cat}").Attachments).FileName);

    [Fact]
    public void A_name_brings_no_folders() =>
        Assert.Equal("passwd", Assert.Single(Corpus.Parse($"Subject: x\n\n{Cat.Replace("cat.txt", "../../etc/passwd", StringComparison.Ordinal)}").Attachments).FileName);

    [Fact]
    public void The_text_of_an_alternative_gives_its_files_too()
    {
        var message = Corpus.Parse($"Content-Type: multipart/alternative; boundary=b\n\n--b\n\nHi\n{Cat}--b\nContent-Type: text/html\n\n<p>Hi</p>\n--b--\n");
        Assert.Equal("cat.txt", Assert.Single(message.Attachments).FileName);
        Assert.Equal("Hi", message.TextBody?.Trim());
    }

    private static string Encode(byte[] octets)
    {
        var text = new StringBuilder();
        foreach (var line in octets.Chunk(45))
        {
            text.Append((char)(' ' + line.Length));
            foreach (var group in line.Chunk(3))
            {
                var bits = group[0] << 16 | (group.Length > 1 ? group[1] << 8 : 0) | (group.Length > 2 ? group[2] : 0);
                for (var shift = 18; shift >= 0; shift -= 6) text.Append((bits >> shift & 0x3F) is > 0 and var sextet ? (char)(' ' + sextet) : '`');
            }

            text.Append('\n');
        }

        return text.ToString();
    }
}
