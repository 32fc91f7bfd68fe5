using System.Text;
using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Tests.Mime;

public sealed class TnefTests
{
    private const ushort BodyText = 0x1000, BodyHtml = 0x1013, BodyRtf = 0x1009, Subject = 0x0037, InternetCodePage = 0x3FDE;
    private const ushort FileData = 0x3701, LongName = 0x3707, MediaType = 0x370E, ContentId = 0x3712, ShortName = 0x3704;

    [Fact]
    public void The_body_and_the_files_show_as_ordinary_parts()
    {
        var message = Wrap(new TnefWriter()
            .Attribute(TnefWriter.MessageClass, "IPM.Microsoft Mail.Note\0"u8)
            .Attribute(TnefWriter.MessageProperties, TnefWriter.Properties((0x8001, "named"), (BodyText, "Добрый день"), (BodyHtml, "<p>Добрый день</p>"u8.ToArray())))
            .File("OTCHET~1.PDF", "octets"u8.ToArray(), (LongName, "Отчёт за март.pdf"), (MediaType, "application/pdf"))
            .File("IMAGE1.PNG", [], (FileData, new byte[] { 1, 2, 3 }), (MediaType, "image/png"), (ContentId, "image1@client"), (ShortName, "IMAGE1.PNG"))
            .ToArray());
        Assert.Equal(("Добрый день", "<p>Добрый день</p>"), (message.TextBody, message.HtmlBody));
        Assert.Equal(
            [("application/pdf", "Отчёт за март.pdf", null, "octets"), ("image/png", "IMAGE1.PNG", "image1@client", "\u0001\u0002\u0003")],
            message.Attachments.Select(a => (a.ContentType.MediaType, a.FileName, a.ContentId, Encoding.Latin1.GetString(a.Decode()))));
        Assert.All(message.Attachments, a => Assert.True(a.IsAttachment));
        Assert.Empty(message.Defects);
        Assert.Equal("application/ms-tnef", Assert.Single(message.Parts).ContentType.MediaType);
    }

    [Fact]
    public void A_text_outside_stays_and_the_html_within_is_its_other_form()
    {
        var tnef = new TnefWriter().Attribute(TnefWriter.MessageProperties, TnefWriter.Properties((BodyText, "within"), (BodyHtml, "<p>within</p>"))).ToArray();
        var message = Corpus.Parse($"Content-Type: multipart/mixed; boundary=b\n\n--b\n\noutside\n--b\n{Part(tnef, "application/octet-stream; name=WinMail.dat")}\n--b--\n");
        Assert.Equal(("outside", "<p>within</p>"), (message.TextBody, message.HtmlBody));
        Assert.Empty(message.Attachments);
    }

    [Fact]
    public void Narrow_text_is_of_the_code_page_that_is_named()
    {
        var message = Wrap(new TnefWriter()
            .Attribute(TnefWriter.OemCodePage, [0xE3, 4, 0, 0, 0, 0, 0, 0]) // 1251
            .Attribute(TnefWriter.Body, [0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2, 0])
            .Attribute(TnefWriter.MessageProperties, TnefWriter.Properties((InternetCodePage, 20866), (BodyHtml, new byte[] { (byte)'<', (byte)'b', (byte)'>', 0xF0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4 })))
            .ToArray());
        Assert.Equal(("Привет", "<b>Привет"), (message.TextBody, message.HtmlBody));
    }

    [Fact]
    public void Rtf_that_carries_html_gives_the_html()
    {
        const string rtf = """
            {\rtf1\ansi\ansicpg1251\fromhtml1 \deff0{\fonttbl{\f0\fswiss\fcharset204 Arial;}{\f1\fmodern\fcharset0 Courier;}}{\colortbl\red0;}
            {\*\generator Microsoft Exchange Server;}{\*\formatConverter converted from html;}
            {\*\htmltag19 <html>}{\*\htmltag64 <p class="x\'5c">}\htmlrtf {\htmlrtf0 \f0\'cf\'f0\'e8\'e2\'e5\'f2\htmlrtf\f1\htmlrtf0 , \u1084 ?\u1080 ?\u1088 ?{\*\htmltag84 &lt;}\htmlrtf <\htmlrtf0 \htmlrtf }\htmlrtf0
            {\*\htmltag72 </p>\par </html>}{\*\mhtmltag64 <p mangled>}}
            """;
        var message = Wrap(Body((BodyRtf, TnefWriter.Rtf(rtf.ReplaceLineEndings("\r\n")))));
        Assert.Equal("<html><p class=\"x\\\">Привет, мир&lt;</p>\n</html>", message.HtmlBody);
        Assert.Null(message.TextBody);
    }

    [Fact]
    public void Other_rtf_gives_its_text()
    {
        const string rtf = """{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\fcharset204 Arial;}}{\info{\title secret}}{\pict\bin5 }}}}}ff}\plain\f0 \'cf\'f0\'e8 \{x\}\par{\field{\*\fldinst HYPERLINK "x"}{\fldrslt link}}\tab\emdash\u-10179 ?\u-8704 ?\cell\row\'e9{\b a}}""";
        Assert.Equal("При {x}\nlink\t—😀\t\nйa", Wrap(Body((BodyRtf, TnefWriter.Rtf(rtf)))).TextBody);
    }

    [Theory] // [MS-OXRTFCP] §3.1, §3.2
    [InlineData("2D0000002B0000004C5A4675F1C5C7A703000A00726370673132354232 0AF32068656C090020627705B06C647D0A800FA0", "hello world")]
    [InlineData("1A0000001C0000004C5A4675E2D44B51410004205758595A0D6E7D010EB0", "WXYZWXYZWXYZWXYZWXYZ")]
    public void Compressed_rtf_is_expanded(string compressed, string text)
    {
        var message = Wrap(Body((BodyRtf, Convert.FromHexString(compressed.Replace(" ", "", StringComparison.Ordinal)))));
        Assert.Equal(text, message.TextBody?.Trim());
        Assert.Empty(message.Defects);
    }

    [Fact]
    public void An_enclosed_message_gives_its_text_and_its_files()
    {
        var inner = new TnefWriter().Attribute(TnefWriter.MessageProperties, TnefWriter.Properties((Subject, "Старое/письмо"), (BodyText, "Было так")))
            .File("A.TXT", "a"u8.ToArray()).ToArray();
        var message = Wrap(new TnefWriter().Attribute(TnefWriter.Body, "See below"u8)
            .File("MSG", [], (FileData, ((ushort)0x000D, (byte[])[.. new byte[16], .. inner]))).ToArray());
        Assert.Equal("See below", message.TextBody);
        Assert.Equal([("Старое_письмо.txt", "Было так"), ("A.TXT", "a")], message.Attachments.Select(a => (a.FileName, Encoding.UTF8.GetString(a.Decode()))));
    }

    [Fact]
    public void A_name_brings_no_folders_and_no_header_lines()
    {
        var file = Assert.Single(Wrap(new TnefWriter().File("X", [1], (LongName, "..\\..\\evil\r\nX-Bad: 1.exe"), (MediaType, "text/html\r\nX-Bad: 2"), (ContentId, "<a\r\nX-Bad: 3>")).ToArray()).Attachments);
        Assert.Equal(("application/octet-stream", "evilX-Bad: 1.exe"), (file.ContentType.MediaType, file.FileName));
        Assert.False(file.Headers.Contains("X-Bad"));
    }

    [Fact]
    public void An_appointment_stays_itself_besides_its_files()
    {
        var message = Wrap(new TnefWriter().Attribute(TnefWriter.MessageClass, "IPM.Appointment\0"u8).File("A.TXT", "a"u8.ToArray()).ToArray());
        Assert.Equal(["A.TXT", "winmail.dat"], message.Attachments.Select(a => a.FileName));
        Assert.Empty(message.Defects);
    }

    [Fact]
    public void Wherever_it_breaks_off_the_rest_is_read_and_the_original_is_kept()
    {
        var whole = new TnefWriter()
            .Attribute(TnefWriter.Body, "text"u8)
            .Attribute(TnefWriter.MessageProperties, TnefWriter.Properties((0x8002, "name"), (BodyRtf, TnefWriter.Rtf("{\\rtf1 a}"))))
            .File("A.TXT", "a"u8.ToArray(), (LongName, "long name.txt"), (MediaType, "text/plain"))
            .ToArray();
        var between = 0;
        for (var length = 0; length < whole.Length; length++)
        {
            var message = Wrap(whole[..length]);
            if (message.Defects.Count == 0)
            {
                between++; // it ends between two attributes
                continue;
            }

            Assert.Equal(MimeDefectKind.DamagedTnef, Assert.Single(message.Defects).Kind);
            Assert.Equal("winmail.dat", message.Attachments[^1].FileName);
            if (length > 25) Assert.Equal("text", message.TextBody);
        }

        Assert.Equal(6, between); // after the key, and after each attribute but the last
    }

    [Fact]
    public void Octets_that_are_changed_never_throw()
    {
        var whole = new TnefWriter()
            .Attribute(TnefWriter.MessageProperties, TnefWriter.Properties((0x8002, "name"), (BodyRtf, Convert.FromHexString("1A0000001C0000004C5A4675E2D44B51410004205758595A0D6E7D010EB0"))))
            .File("A.TXT", "a"u8.ToArray(), (LongName, "long name.txt"), (FileData, ((ushort)0x000D, new byte[40])))
            .ToArray();
        foreach (var value in new byte[] { 0, 1, 0x7F, 0x80, 0xFF })
        {
            for (var i = 0; i < whole.Length; i++)
            {
                var changed = whole.ToArray();
                changed[i] = value;
                Corpus.Exercise(Wrap(changed));
            }
        }
    }

    [Fact]
    public void Messages_within_messages_come_to_an_end()
    {
        var octets = new TnefWriter().File("deep", [1]).ToArray();
        for (var i = 0; i < 50; i++) octets = new TnefWriter().File("m", [], (FileData, ((ushort)0x000D, (byte[])[.. new byte[16], .. octets]))).ToArray();
        var message = Wrap(octets);
        Assert.Equal("winmail.dat", Assert.Single(message.Attachments).FileName);
        Assert.Single(message.Defects);
    }

    [Fact]
    public void A_text_that_swells_is_cut_and_deep_groups_are_read()
    {
        // One reference of 17 octets to the last one, over and over.
        var bomb = new List<byte>([0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F, .. "LZFu"u8, 0, 0, 0, 0]);
        bomb.AddRange([0x01, 0x00, 0x1F, .. "aaaaaaa"u8]);
        for (var i = 0; i < 200_000; i++) bomb.AddRange([0xFF, .. Enumerable.Repeat(new byte[] { 0x01, 0x0F }, 8).SelectMany(x => x)]);
        var swollen = Wrap(Body((BodyRtf, bomb.ToArray())));
        Assert.InRange(swollen.TextBody?.Length ?? 0, 0, 17 * 1024 * 1024);

        var deep = new string('{', 200_000) + "a" + new string('}', 200_000);
        Assert.Equal("ab", Wrap(Body((BodyRtf, TnefWriter.Rtf("{\\rtf1 " + deep + "b}")))).TextBody);
    }

    [Fact]
    public void A_part_that_only_says_it_is_one_stays_with_a_defect()
    {
        var message = Wrap("Hello"u8.ToArray());
        Assert.Equal("winmail.dat", Assert.Single(message.Attachments).FileName);
        Assert.Single(message.Defects);
    }

    [Fact]
    public void The_corpus_has_one_from_exchange_whose_text_and_html_agree()
    {
        var message = MimeParser.Parse(Corpus.Read("jstedfast__MimeKit/12d3-ukr.eml"));
        Assert.StartsWith("шостий", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("<p>шостий</p>", message.HtmlBody, StringComparison.Ordinal);
        Assert.Empty(message.Attachments);
        Assert.Empty(message.Defects);
    }

    private static byte[] Body(params (ushort Id, object Value)[] properties) =>
        new TnefWriter().Attribute(TnefWriter.MessageProperties, TnefWriter.Properties(properties)).ToArray();

    private static string Part(byte[] tnef, string type) =>
        $"Content-Type: {type}\nContent-Transfer-Encoding: base64\n\n{Convert.ToBase64String(tnef, Base64FormattingOptions.InsertLineBreaks)}";

    private static MailMessage Wrap(byte[] tnef) => Corpus.Parse(Part(tnef, "application/ms-tnef; name=winmail.dat"));
}
