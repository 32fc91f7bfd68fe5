using System.Globalization;
using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Tests.Mime;

public sealed class CorpusTests
{
    /// <summary>Set for the long run: so many mutations, and every message (but the few above 32 KB) cut at every octet and with every octet changed.</summary>
    private const string MutationsVariable = "MAILDESK_MUTATIONS";

    private static readonly int? Mutations = int.TryParse(Environment.GetEnvironmentVariable(MutationsVariable), CultureInfo.InvariantCulture, out var asked) ? asked : null;

    /// <summary>In octets: what is cut and changed everywhere.</summary>
    private static readonly int LongestDamaged = Mutations is null ? 400 : 32 * 1024;

    [Fact]
    public void Every_message_parses_the_same_with_LF_and_with_CRLF()
    {
        foreach (var raw in Corpus.Messages().Where(r => r.AsSpan().IndexOf("utf-16"u8) < 0)) // whose line ends are two octets
        {
            var lf = MimeParser.Parse(WithLineEnds(raw, "\n"));
            var crlf = MimeParser.Parse(WithLineEnds(raw, "\r\n"));
            Corpus.Exercise(lf);
            Corpus.Exercise(crlf);
            Assert.Equal(lf.Subject, crlf.Subject);
            Assert.Equal(lf.From, crlf.From);
            Assert.Equal(lf.Headers.Count, crlf.Headers.Count);
            Assert.Equal(lf.Parts.Select(p => (p.ContentType.MediaType, p.FileName)), crlf.Parts.Select(p => (p.ContentType.MediaType, p.FileName)));
            Assert.Equal(lf.TextBody?.Replace("\r", "", StringComparison.Ordinal), crlf.TextBody?.Replace("\r", "", StringComparison.Ordinal));
            Assert.Equal(lf.HtmlBody?.Replace("\r", "", StringComparison.Ordinal), crlf.HtmlBody?.Replace("\r", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_message_cut_anywhere_parses()
    {
        foreach (var raw in Corpus.Messages())
        {
            var step = Math.Max(1, raw.Length / 12);
            for (var length = 0; length < raw.Length; length += step) Corpus.Exercise(MimeParser.Parse(raw.AsMemory(0, length)));
        }
    }

    [Fact]
    public void Messages_cut_at_every_octet_parse()
    {
        foreach (var raw in Corpus.Messages().Where(r => r.Length < LongestDamaged))
        {
            for (var length = 0; length < raw.Length; length++) Corpus.Exercise(MimeParser.Parse(raw.AsMemory(0, length)));
        }
    }

    [Fact]
    public void Messages_with_any_octet_changed_parse()
    {
        foreach (var raw in Corpus.Messages().Where(r => r.Length < LongestDamaged))
        {
            for (var at = 0; at < raw.Length; at++)
            {
                var damaged = raw.ToArray();
                damaged[at] ^= (byte)(1 << (at % 8));
                Corpus.Exercise(MimeParser.Parse(damaged));
            }
        }
    }

    [Fact]
    public void Damaged_messages_parse()
    {
        var messages = Corpus.Messages().Where(r => r.Length is > 0 and < 12_000).ToList();
        for (var seed = 0; seed < (Mutations ?? 20_000); seed++)
        {
            var damaged = Mutation.Of(messages[seed % messages.Count], messages[seed * 7 % messages.Count], seed);
            try
            {
                Corpus.Exercise(MimeParser.Parse(damaged));
            }
            catch (Exception e)
            {
                Assert.Fail($"mutation {seed}: {e}");
            }
        }
    }

    private static byte[] WithLineEnds(byte[] raw, string lineEnd)
    {
        var text = System.Text.Encoding.Latin1.GetString(raw).Replace("\r\n", "\n", StringComparison.Ordinal);
        return System.Text.Encoding.Latin1.GetBytes(text.Replace("\n", lineEnd, StringComparison.Ordinal));
    }
}
