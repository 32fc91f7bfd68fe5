namespace MailDesk.Mail.Tests.Mime;

public sealed class BodyTests
{
    private static string Multipart(string subtype, string boundary, params string[] parts) =>
        $"Content-Type: multipart/{subtype}; boundary={boundary}\n\n" + string.Concat(parts.Select(p => $"--{boundary}\n{p}\n")) + $"--{boundary}--\n";

    private const string Text = "Content-Type: text/plain\n\nplain";
    private const string Html = "Content-Type: text/html\n\n<p>html";
    private const string Image = "Content-Type: image/png\nContent-ID: <i@x>\nContent-Disposition: inline\n\npng";

    [Fact]
    public void Alternatives_give_both_forms()
    {
        var message = Corpus.Parse(Multipart("alternative", "a", Text, Html));
        Assert.Equal("plain", message.TextBody);
        Assert.Equal("<p>html", message.HtmlBody);
        Assert.Empty(message.Attachments);
    }

    [Fact]
    public void An_image_of_the_html_is_found_by_its_content_id()
    {
        var message = Corpus.Parse(Multipart("alternative", "a", Text, Multipart("related", "b", Html, Image)));
        Assert.Equal("<p>html", message.HtmlBody);
        Assert.Equal("i@x", Assert.Single(message.Attachments).ContentId);
    }

    [Fact]
    public void Passages_around_an_attachment_are_joined()
    {
        var message = Corpus.Parse(Multipart("mixed", "a", Text, Image, "Content-Type: text/plain\n\nmore"));
        Assert.Equal("plain\n\nmore", message.TextBody);
        Assert.Null(message.HtmlBody);
        Assert.Single(message.Attachments);
    }

    [Fact]
    public void Html_with_a_plain_footer_keeps_both_in_the_html()
    {
        var message = Corpus.Parse(Multipart("mixed", "a", Html, "Content-Type: text/plain\n\n<list footer>"));
        Assert.Null(message.TextBody);
        Assert.Equal("<p>html\n<pre>&lt;list footer&gt;</pre>", message.HtmlBody);
    }

    [Fact]
    public void A_plain_form_covers_html_that_attachments_cut()
    {
        var message = Corpus.Parse(Multipart("alternative", "a", Text, Multipart("mixed", "b", Html, Image, "Content-Type: text/html\n\n<p>rest")));
        Assert.Equal("plain", message.TextBody);
        Assert.Equal("<p>html\n<p>rest", message.HtmlBody);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Your e-mail client does not support HTML messages.")]
    [InlineData("This message requires an HTML-capable mail reader.")]
    [InlineData("Ваша почтовая программа не поддерживает HTML.")]
    public void A_stub_is_not_the_text(string stub)
    {
        var message = Corpus.Parse(Multipart("alternative", "a", $"Content-Type: text/plain\n\n{stub}", Html));
        Assert.Null(message.TextBody);
        Assert.Equal("<p>html", message.HtmlBody);
    }

    [Fact]
    public void An_attached_or_named_text_is_no_body()
    {
        var message = Corpus.Parse(Multipart("mixed", "a", Text,
            "Content-Type: text/plain\nContent-Disposition: attachment\n\nfile", "Content-Type: text/plain; name=log.txt\n\nlog"));
        Assert.Equal("plain", message.TextBody);
        Assert.Equal([null, "log.txt"], message.Attachments.Select(a => a.FileName));
    }

    [Fact]
    public void An_invitation_and_a_signature_leave_the_text_alone()
    {
        var message = Corpus.Parse(Multipart("signed", "s",
            Multipart("alternative", "a", Text, "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR"), "Content-Type: application/pgp-signature\n\nsig"));
        Assert.Equal("plain", message.TextBody);
        Assert.Equal(["text/calendar"], message.Attachments.Select(a => a.ContentType.MediaType));
    }
}
