using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Tests.Mime;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("Subject: plain\n\n", "plain")]
    [InlineData("Subject : blank before the colon\n\n", "blank before the colon")]
    [InlineData("Subject:no blank\n\n", "no blank")]
    [InlineData("Subject: folded\n over\n\tlines\n\n", "folded over lines")]
    [InlineData("\n\nSubject: after empty lines\n\n", "after empty lines")]
    [InlineData("From me@example.org Thu Jan 1 00:00:00 2026\nSubject: mbox\n\n", "mbox")]
    [InlineData("\uFEFFSubject: marked\n\n", "marked")]
    [InlineData("Subject: a\n \nFrom: x@example.org\n\n", "a")]
    [InlineData("Subject: Проверка\n\n", "Проверка")]
    public void A_subject_is_read_however_the_header_is_written(string message, string subject) =>
        Assert.Equal(subject, Corpus.Parse(message).Subject);

    [Fact]
    public void A_header_without_a_body_ends_with_the_message() => Assert.Equal("x", Corpus.Parse("Subject: x").Subject);

    [Fact]
    public void Nothing_at_all_is_a_message_too()
    {
        var message = MimeParser.Parse(ReadOnlyMemory<byte>.Empty);
        Assert.Equal("", message.Subject);
        Assert.Empty(message.From);
        Assert.Null(message.Date);
        Corpus.Exercise(message);
    }

    [Fact]
    public void A_separator_that_holds_a_blank_separates()
    {
        var message = Corpus.Parse("Subject: x\n \nHello: this is text, isn't it?\nYes.\n".Replace("Hello:", "Hello", StringComparison.Ordinal));
        Assert.Single(message.Headers);
        Assert.StartsWith("Hello", message.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_without_a_separator_is_text_and_a_defect()
    {
        var message = Corpus.Parse("Subject: x\nThe printer is on fire.\n\nPlease help.\n");
        Assert.Equal("The printer is on fire.\r\n\r\nPlease help.\r\n", message.TextBody);
        Assert.Equal(MimeDefectKind.MissingSeparator, Assert.Single(message.Defects).Kind);
    }

    [Fact]
    public void A_second_From_is_a_defect_and_its_address_is_not_hidden()
    {
        var message = Corpus.Parse("From: a@example.org\nFrom: b@example.org\n\n");
        Assert.Equal(["a@example.org", "b@example.org"], message.From.Select(f => f.Address));
        Assert.Equal(MimeDefectKind.DuplicateHeader, Assert.Single(message.Defects).Kind);
    }

    [Theory]
    [InlineData("=?utf-8?B?0J/RgNC40LLQtdGC?=", "Привет")]
    [InlineData("=?UTF-8?q?=D0=9F?= =?UTF-8?q?=D1=80?=", "Пр")]
    [InlineData("=?utf-8?B?0J/R?= =?utf-8?B?gNC4?=", "При")] // split inside a character
    [InlineData("=?utf-8?B?0J8?=", "П")] // no padding
    [InlineData("=?utf-8*ru?Q?a?=", "a")]
    [InlineData("a =?utf-8?Q?b?= c", "a b c")]
    [InlineData("=?koi8-r?B?8NLJ18XU?=", "Привет")]
    [InlineData("=?windows-1251?Q?=CF=F0=E8=E2=E5=F2?=", "Привет")]
    [InlineData("=?utf-8?Q?a=0D=0ABcc:_x@example.org?=", "a  Bcc: x@example.org")]
    [InlineData("=?utf-8?Q?what??=", "what?")]
    [InlineData("=?utf-8?Q?raw_😀?=", "raw 😀")]
    [InlineData("=?unheard-of?Q?a?=", "a")]
    [InlineData("=?utf-8?X?a?= =? =?utf-8?Q?b", "=?utf-8?X?a?= =? =?utf-8?Q?b")]
    public void Encoded_words_are_decoded_and_never_bring_a_line_end(string value, string decoded) =>
        Assert.Equal(decoded, Corpus.Parse($"Subject: {value}\n\n").Subject);

    [Fact]
    public void Raw_octets_are_UTF8_where_they_are_and_a_code_page_where_they_are_not()
    {
        byte[] raw = [.. "Subject: "u8, 0xE9, (byte)'t', 0xE9, .. "\r\n\r\n"u8];
        Assert.Equal("été", MimeParser.Parse(raw).Subject);
    }

    [Fact]
    public void One_bad_octet_does_not_spoil_a_UTF8_subject()
    {
        byte[] raw = [.. "Subject: Проверка "u8, 0xFF, .. " связи\r\n\r\n"u8];
        Assert.Equal("Проверка \uFFFD связи", MimeParser.Parse(raw).Subject);
    }

    [Fact]
    public void Identifiers_come_without_brackets_in_order()
    {
        var message = Corpus.Parse("Message-ID: <a@b>\nIn-Reply-To: Your message <c@d> of today\nReferences: <e@f>\n <g@ h>,<i@j>\n\n");
        Assert.Equal("a@b", message.MessageId);
        Assert.Equal(["c@d"], message.InReplyTo);
        Assert.Equal(["e@f", "g@h", "i@j"], message.References);
    }

    [Theory]
    [InlineData("Mon, 5 Oct 2026 14:00:00 +0300", "2026-10-05T11:00:00Z")]
    [InlineData("5 Oct 26 14:00 EST", "2026-10-05T19:00:00Z")]
    [InlineData("Mon, 5 Oct 2026 (a comment) 14:00:00 -0000 (MSK)", "2026-10-05T14:00:00Z")]
    [InlineData("Mon Oct  5 14:00:00 2026", "2026-10-05T14:00:00Z")]
    [InlineData("Thu, 01 Jan 3609 00:00:00 GMT", "3609-01-01T00:00:00Z")]
    [InlineData("5 Oct 2026 23:59:60 +0000", "2026-10-05T23:59:59Z")]
    [InlineData("5 Oct 2026 00:00:00 +9900", "2026-09-30T21:00:00Z")]
    [InlineData("2026-10-05 14:00:00 +03:00", "2026-10-05T11:00:00Z")]
    [InlineData("5-Oct-2026 14:00:00 +0300", "2026-10-05T11:00:00Z")]
    [InlineData("31 Feb 2026 00:00:00 +0000", null)]
    [InlineData("1 Jan 0001 00:00:00 +1400", null)]
    [InlineData("yesterday", null)]
    public void Dates_are_read_in_every_form_that_occurs(string text, string? utc) =>
        Assert.Equal(utc, Corpus.Parse($"Date: {text}\n\n").Date?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ"));
}
