using MailDesk.Mail.Text;

namespace MailDesk.Mail.Tests.Text;

public sealed class QuotationStripperTests
{
    private static readonly string[] Markers = ["## Please write above this line ##"];

    /// <summary>Replies as mail programs write them: the text of a letter, or its HTML, and behind a line of equal signs what is new in it.</summary>
    public static TheoryData<string, string> Fixtures()
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Text", "fixtures")).Select(file => Path.GetFileName(file)).ToList();
        Assert.True(files.Count >= 70, "the fixtures are missing");
        var data = new TheoryData<string, string>();
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            data.Add(file, "\n");
            data.Add(file, "\r\n");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Of_a_reply_the_new_text_is_left(string file, string lineEnd)
    {
        var halves = Read(file).Split("\n=====\n");
        Assert.Equal(2, halves.Length);
        Assert.NotEqual("", halves[1].Trim());
        var reply = halves[0].Replace("\n", lineEnd);
        var left = Path.GetExtension(file) is ".html" ? QuotationStripper.StripHtml(reply, Markers) : QuotationStripper.Strip(reply, Markers);
        Assert.Equal(new NewText(halves[1].Trim(), Uncertain: false), left);
    }

    [Theory]
    [InlineData("> only a quotation")]
    [InlineData("On Mon, Nov 2, 2026 at 10:15 AM Desk <support@desk.example> wrote:\n> Hello")]
    [InlineData("Sent from my iPhone")]
    [InlineData("## Please write above this line ##\nHello")]
    [InlineData("-----Original Message-----\nFrom: a\nSent: b\nTo: c\n\nHello")]
    [InlineData("...\n\nOn Mon, Nov 2, 2026 at 10:15 AM Desk <support@desk.example> wrote:\n> Hello")]
    [InlineData("Hi Anna,\n\nOn Mon, Nov 2, 2026 at 10:15 AM Desk <support@desk.example> wrote:\n> Hello")]
    [InlineData("Ответы ниже красным.\n\nОт: a\nОтправлено: b\nКому: c\nТема: d\n\nКогда? Вчера.")]
    [InlineData("Please see my answers below.\n\nFrom: a\nSent: b\nTo: c\nSubject: d\n\nWhen? Yesterday.")]
    public void Where_little_is_left_the_whole_body_is_kept_as_uncertain(string body) =>
        Assert.Equal(new NewText(body, Uncertain: true), QuotationStripper.Strip(body, Markers));

    [Theory]
    [InlineData("👍")]
    [InlineData("+1")]
    [InlineData("Yes")]
    [InlineData("Здравствуйте, подтверждаю")]
    public void A_short_answer_is_an_answer(string answer) =>
        Assert.Equal(
            new NewText(answer, Uncertain: false),
            QuotationStripper.Strip(answer + "\n\nOn Mon, Nov 2, 2026 at 10:15 AM Desk <support@desk.example> wrote:\n> Hello", Markers));

    [Theory]
    [InlineData("")]
    [InlineData("\n \n\n")]
    public void An_empty_body_is_certainly_empty(string body) => Assert.Equal(new NewText("", Uncertain: false), QuotationStripper.Strip(body, Markers));

    [Fact]
    public void The_header_block_of_a_forwarded_mail_is_content()
    {
        const string Body = "Please register.\n\nFrom: a\nSent: b\nTo: c\nSubject: d\n\nIt is down.";
        Assert.Equal("Please register.", QuotationStripper.Strip(Body, []).Text);
        Assert.Equal(Body, QuotationStripper.Strip(Body, [], forwarded: true).Text);
    }

    [Theory]
    [InlineData("Sent from my iPhone")]
    [InlineData("Sent from Outlook for Android<https://aka.ms/x>")]
    [InlineData("Get Outlook for iOS <https://aka.ms/x>")]
    [InlineData("Sent from Mail for Windows")]
    [InlineData("Sent from Yahoo Mail on Android")]
    [InlineData("Отправлено с iPhone")]
    [InlineData("Отправлено с моего Galaxy")]
    [InlineData("Отправлено из мобильной Почты Mail.ru")]
    [InlineData("Отправлено из Почты Mail.ru для Android")]
    [InlineData("Отправлено из мобильного приложения Яндекс.Почты")]
    [InlineData("Скачать Outlook для iOS<https://aka.ms/x>")]
    [InlineData("Даслана з iPhone")]
    [InlineData("Адпраўлена з майго тэлефона")]
    [InlineData("Wysłane z iPhone'a")]
    [InlineData("Von meinem iPhone gesendet")]
    [InlineData("Envoyé de mon iPhone")]
    public void What_a_telephone_adds_is_a_signature(string signature) =>
        Assert.Equal(new NewText("Работает", Uncertain: false), QuotationStripper.Strip($"Работает\n\n{signature}\n", []));

    [Theory]
    [InlineData("<div dir=ltr>Да</div><br><div class=gmail_quote><div class=gmail_attr>kdy řekl:<br></div><blockquote class=gmail_quote>old</blockquote></div>")]
    [InlineData("<p class=MsoNormal>Да</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>Nuo:</b> a<br><b>Kam:</b> b</p></div></div><p class=MsoNormal>old</p>")]
    [InlineData("<div>Да</div><div id=appendonsend></div><hr><div id=divRplyFwdMsg><b>Feladó:</b> x</div><div>old</div>")]
    [InlineData("<div>Да</div><div id=ms-outlook-mobile-signature>Get it</div><hr><div id=divRplyFwdMsg><b>From:</b> x</div><div>old</div>")]
    [InlineData("Да<br><br>Отправлено с iPhone<br><br><blockquote type=cite>2 нояб. 2026 г., в 10:15, a &lt;a@b.c&gt; написал(а):<br><br>old</blockquote>")]
    [InlineData("Да<div class=moz-cite-prefix>Koska 2.11.2026 kirjoitettiin:<br></div><blockquote type=cite cite='mid:x'>old</blockquote><div class=moz-signature>-- <br>Anna</div>")]
    [InlineData("<div>Да</div><div>----------------</div><div>Кому: a (a@b.c);</div><div>Тема: b;</div><div>02.11.2026, 10:15, \"a\" &lt;a@b.c&gt;:</div><blockquote><p>old</p></blockquote>")]
    [InlineData("<div>Да</div><blockquote style='border-left:1px solid #0857A6;margin:10px;padding:0 0 0 10px'>Понедельник, 2 ноября 2026, 10:15 +03:00 от a &lt;a@b.c&gt;:<br>old</blockquote>")]
    [InlineData("<div>Да</div><div class=yahoo_quoted>old</div>")]
    public void The_markup_of_mail_programs_tells_the_quotation_in_any_language(string html) =>
        Assert.Equal(new NewText("Да", Uncertain: false), QuotationStripper.StripHtml(html, Markers));

    [Fact]
    public void Answers_between_the_lines_of_an_html_quotation_are_kept_whole()
    {
        var left = QuotationStripper.StripHtml(
            "<div class=gmail_quote><div class=gmail_attr>On Mon, x wrote:</div><blockquote class=gmail_quote>Which?</blockquote><div>Mail.</div><blockquote class=gmail_quote>When?</blockquote><div>Monday.</div></div>",
            Markers);
        Assert.Equal("On Mon, x wrote:\n\n> Which?\n\nMail.\n\n> When?\n\nMonday.", left.Text);
    }

    [Fact]
    public void A_message_forwarded_by_Gmail_is_content() =>
        Assert.Contains(
            "old",
            QuotationStripper.StripHtml("see<div class=gmail_quote><div class=gmail_attr>---------- Forwarded message ---------<br>From: x</div>old</div>", Markers).Text,
            StringComparison.Ordinal);

    [Fact]
    public void No_line_of_any_body_is_invented_and_something_is_always_left()
    {
        string[] pieces =
        [
            "text", "> quoted", ">> deeper", "", "On Mon, Nov 2, 2026 at 10:15 AM a <a@b.c> wrote:", "From: a", "Sent: b", "To: c", "Subject: d", "-- ", "--", "Sent from my iPhone", "____", "a <",
            "b@c>", "> wrote:", ":", "-----Original Message-----", "---------- Forwarded message ---------", "## Please write above this line ##", "2.11.2026", "пишет:",
        ];
        var random = new Random(13);
        for (var round = 0; round < 5000; round++)
        {
            string[] body = [.. Enumerable.Range(0, 1 + random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)])];
            var left = QuotationStripper.Strip(string.Join('\n', body), Markers);
            Assert.All(left.Text.Split('\n'), line => Assert.Contains(line, body.Select(l => l.TrimEnd()).Append("")));
            Assert.Equal(body.All(string.IsNullOrWhiteSpace), left.Text.Length == 0);
        }
    }

    private static string Read(string file) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Text", "fixtures", file)).Replace("\r\n", "\n");
}
