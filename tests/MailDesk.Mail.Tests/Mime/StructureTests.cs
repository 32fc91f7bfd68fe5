using System.Text;
using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Tests.Mime;

public sealed class StructureTests
{
    private const string TwoParts = "--B\n\none\n--B\nContent-Type: text/html\n\n<p>two\n--B--\nepilogue\n";

    [Theory]
    [InlineData("multipart/mixed; boundary=B")]
    [InlineData("multipart/mixed; boundary=\"B\"; charset=x")]
    [InlineData("multipart/mixed boundary=B")]
    [InlineData("multipart/mixed")]
    [InlineData("multipart/mixed; boundary=other")]
    [InlineData("multipart/mixed; BOUNDARY*=us-ascii''B")]
    public void A_multipart_opens_whatever_its_boundary_parameter_looks_like(string contentType)
    {
        var message = Corpus.Parse($"Content-Type: {contentType}\n\npreamble\n{TwoParts}");
        Assert.Equal(["text/plain", "text/html"], message.Parts.Select(p => p.ContentType.MediaType));
        Assert.Equal("one", message.Parts[0].DecodeText());
        Assert.Equal("<p>two", message.Parts[1].DecodeText());
    }

    [Fact]
    public void A_boundary_may_hold_an_equals_sign_without_quotes() =>
        Assert.Equal("x", Corpus.Parse("Content-Type: multipart/mixed; boundary=a=b\n\n--a=b\n\nx\n--a=b--\n").TextBody);

    [Fact]
    public void A_boundary_may_begin_with_its_parents()
    {
        var message = Corpus.Parse("""
            Content-Type: multipart/mixed; boundary=a

            --a
            Content-Type: multipart/mixed; boundary=ab

            --ab

            inner
            --ab--
            --a

            outer
            --a--
            """);
        Assert.Equal(["inner", "outer"], message.Parts.Select(p => p.DecodeText()));
        Assert.Empty(message.Defects);
    }

    [Fact]
    public void An_inner_multipart_that_is_never_closed_ends_with_its_parent()
    {
        var message = Corpus.Parse("Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nin\n--a\n\nout\n");
        Assert.Equal(["in", "out\r\n"], message.Parts.Select(p => p.DecodeText()));
        Assert.Equal([MimeDefectKind.UnclosedMultipart, MimeDefectKind.UnclosedMultipart], message.Defects.Select(d => d.Kind));
    }

    [Fact]
    public void A_message_within_a_message_is_a_leaf_that_can_be_parsed()
    {
        var message = Corpus.Parse("Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: message/rfc822\n\nSubject: inner\n\nbody\n--a--\n");
        var part = Assert.Single(message.Parts);
        Assert.Equal("Subject: inner\r\n\r\nbody", Encoding.ASCII.GetString(part.RawContent.Span));
        Assert.Equal("inner", part.ParseMessage().Subject);
    }

    [Theory]
    [InlineData("attachment; filename=report.pdf", "report.pdf")]
    [InlineData("attachment; filename=my report.pdf", "my report.pdf")]
    [InlineData("attachment; filename=\"C:\\Users\\ann\\report.pdf\"", "report.pdf")]
    [InlineData("attachment; filename=\"../../etc/passwd\"", "passwd")]
    [InlineData("attachment; filename=\"..\"", null)]
    [InlineData("attachment; filename=\"отчёт.pdf\"", "отчёт.pdf")]
    [InlineData("attachment; filename=\"=?utf-8?B?0L7RgtGH0ZHRgi5wZGY=?=\"", "отчёт.pdf")]
    [InlineData("attachment; filename*=UTF-8''%D0%BE%D1%82.pdf; filename=ot.pdf", "от.pdf")]
    [InlineData("attachment; filename*0*=UTF-8''%D0%BE%D1; filename*1*=%82.pdf", "от.pdf")]
    [InlineData("attachment; filename*1=\"b.pdf\"; filename*0=\"a\"", "ab.pdf")]
    [InlineData("attachment; filename=\"=?utf-8?Q?a=0D=0Ab=00.pdf?=\"", "a  b .pdf")]
    [InlineData("attachment; filename=\"a\u202Egpj.exe\"", "agpj.exe")]
    public void File_names_are_base_names_in_every_encoding(string disposition, string? name)
    {
        var part = Assert.Single(Corpus.Parse($"Content-Type: application/pdf\nContent-Disposition: {disposition}\n\n").Parts);
        Assert.Equal(name, part.FileName);
        Assert.True(part.IsAttachment);
    }

    [Theory]
    [InlineData("base64", "0J/RgNC4\n0LLQtdGC", "Привет")]
    [InlineData("base64", "0J/RgNC4!0LLQtdGC", "Привет")]
    [InlineData("base64", "0J/Rg\nNC40LLQtdGC", "Привет")]
    [InlineData("BASE64", "YQ==YQ==", "aa")]
    [InlineData("base64", "YWI", "ab")]
    [InlineData("base64", "YWI=\n-- \nlist footer, added later", "ab")]
    [InlineData("quoted-printable", "=D0=9F=\n=D1=80 \n=ZZ =", "Пр \r\n=ZZ ")]
    [InlineData("quoted-printable", "a=  \nb", "ab")]
    [InlineData("x-uuencode", "begin 644 a\n#86)C\n`\nend\n", "abc")]
    [InlineData("8bit", "Привет", "Привет")]
    [InlineData("unheard-of", "as it is", "as it is")]
    public void Transfer_encodings_are_decoded_as_far_as_they_go(string encoding, string content, string text) =>
        Assert.Equal(text, Assert.Single(Corpus.Parse($"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n{content}").Parts).DecodeText());

    [Theory]
    [InlineData("windows-1251", new byte[] { 0xCF }, "П")]
    [InlineData("cp1251", new byte[] { 0xCF }, "П")]
    [InlineData("koi8-r", new byte[] { 0xF0 }, "П")]
    [InlineData("cp866", new byte[] { 0x8F }, "П")]
    [InlineData("x-mac-cyrillic", new byte[] { 0x8F }, "П")]
    [InlineData("gb2312", new byte[] { 0xD6, 0xD0 }, "中")]
    [InlineData("ks_c_5601-1987", new byte[] { 0xB0, 0xA1 }, "가")]
    [InlineData("iso-2022-jp", new byte[] { 0x1B, 0x24, 0x42, 0x25, 0x46, 0x1B, 0x28, 0x42 }, "テ")]
    [InlineData("utf-16le", new byte[] { 0x1F, 0x04 }, "П")]
    [InlineData("us-ascii", new byte[] { 0xD0, 0x9F }, "П")]
    [InlineData("iso-8859-1", new byte[] { 0xD0, 0x9F }, "П")]
    [InlineData("no-such-charset", new byte[] { 0x63, 0x61, 0x66, 0xE9 }, "café")]
    public void Charsets_are_known_by_the_labels_that_occur(string label, byte[] octets, string text)
    {
        byte[] raw = [.. Encoding.ASCII.GetBytes($"Content-Type: text/plain; charset=\"{label}\"\r\n\r\n"), .. octets];
        Assert.Equal(text, MimeParser.Parse(raw).TextBody);
    }
}
