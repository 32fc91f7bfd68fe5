using System.Text;
using MailDesk.Mail.Mime;
using MailDesk.Mail.Text;

namespace MailDesk.Mail.Tests.Text;

public sealed class MessageTextTests
{
    [Fact]
    public void Plain_text_is_the_body_and_loses_its_quotation() =>
        Assert.Equal(
            new BodyText("Да.\n\n02.11.2026 10:15, Desk пишет:\n> Решено?", "Да.", Uncertain: false),
            Of("Content-Type: text/plain; charset=utf-8\n\nДа.\n\n02.11.2026 10:15, Desk пишет:\n> Решено?\n"));

    [Fact]
    public void Flowed_lines_are_joined_before_anything_else() =>
        Assert.Equal(
            "One long paragraph.\nNext.",
            Of("Content-Type: text/plain; charset=utf-8; format=flowed\n\nOne long \nparagraph.\nNext.\n\nOn Mon, Nov 2, 2026, a \n<a@b.c> wrote:\n> old\n").NewText);

    [Fact]
    public void A_body_in_html_becomes_text_and_loses_its_quotation() =>
        Assert.Equal(
            new BodyText("Yes\n\n---\nVon: x\nold", "Yes", Uncertain: false),
            Of("Content-Type: text/html; charset=utf-8\n\n<p>Yes</p><div id=appendonsend></div><hr><div id=divRplyFwdMsg><b>Von:</b> x</div><div>old</div>\n"));

    [Fact]
    public void The_header_block_in_a_forwarded_mail_is_content() =>
        Assert.EndsWith("old", Of("Subject: FW: down\nContent-Type: text/plain\n\nFYI\n\nFrom: a\nSent: b\nTo: c\nSubject: d\n\nold\n").NewText, StringComparison.Ordinal);

    [Fact]
    public void Where_the_plain_text_tells_nothing_the_markup_beside_it_may() =>
        Assert.Equal(
            new BodyText("> Ano\n> old", "Ano", Uncertain: false),
            Of("Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n> Ano\n> old\n--b\nContent-Type: text/html\n\n<p>Ano</p><div class=yahoo_quoted>old</div>\n--b--\n"));

    [Fact]
    public void A_message_without_text_has_an_empty_one() =>
        Assert.Equal(new BodyText("", "", Uncertain: false), Of("Content-Type: application/pdf\n\n%PDF\n"));

    private static BodyText Of(string message) =>
        MessageText.Of(MimeParser.Parse(Encoding.UTF8.GetBytes("MIME-Version: 1.0\n" + message)), []);
}
