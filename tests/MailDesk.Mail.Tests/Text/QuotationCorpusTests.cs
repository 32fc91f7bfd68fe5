using MailDesk.Mail.Text;

namespace MailDesk.Mail.Tests.Text;

public sealed class QuotationCorpusTests
{
    /// <summary>Where the desk answers otherwise than the collection, and why.</summary>
    private static readonly Dictionary<string, string> Otherwise = new(StringComparer.Ordinal)
    {
        ["embedded_email_17.txt"] = "the reply stands below a quotation that nothing marks: the whole is kept, attribution lines and all",
        ["forwarded_message.txt"] = "a forwarded message is content, and its header block says whose",
    };

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Each_reply_is_trimmed_as_its_collectors_trimmed_it(string lineEnd)
    {
        Assert.SkipUnless(ReplyCorpus.Folder is not null, ReplyCorpus.Missing);
        var files = Directory.GetFiles(Path.Combine(ReplyCorpus.Folder!, "emails"));
        Assert.Equal(29, files.Length);
        foreach (var file in files)
        {
            var name = Path.GetFileName(file);
            var expected = Lf(File.ReadAllText(Path.Combine(ReplyCorpus.Folder!, "trimmed", name))).Trim();
            var actual = QuotationStripper.Strip(Lf(File.ReadAllText(file)).Replace("\n", lineEnd), []).Text;
            if (Otherwise.ContainsKey(name)) Assert.NotEqual(expected, actual);
            else Assert.True(expected == actual, $"{name}: expected\n{expected}\nbut was\n{actual}");
        }
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Of_each_reply_in_html_the_reply_is_left(string lineEnd)
    {
        Assert.SkipUnless(ReplyCorpus.Folder is not null, ReplyCorpus.Missing);
        var files = Directory.GetFiles(Path.Combine(ReplyCorpus.Folder!, "html"));
        Assert.Equal(9, files.Length);
        foreach (var file in files)
        {
            var left = QuotationStripper.StripHtml(Lf(File.ReadAllText(file)).Replace("\n", lineEnd), []);
            var lines = left.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.True(lines.SequenceEqual(["Hi. I am fine.", "Thanks,", "Alex"]), $"{Path.GetFileName(file)}:\n{left.Text}");
            Assert.False(left.Uncertain);
        }
    }

    private static string Lf(string text) => text.Replace("\r\n", "\n");
}
