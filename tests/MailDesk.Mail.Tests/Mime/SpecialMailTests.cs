using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Tests.Mime;

/// <summary>Mail that is signed, encrypted, cut into pieces, or an invitation.</summary>
public sealed class SpecialMailTests
{
    // multipart/mixed( text "Привет", a.pdf ) and an encrypted letter, made by OpenSSL 3: in DER, and in BER with indefinite lengths.
    private const string Signed =
        "MIIBcgYJKoZIhvcNAQcCoIIBYzCCAV8CAQExDTALBglghkgBZQMEAgEwgboGCSqGSIb3DQEHAaCBrASBqUNvbnRlbnQtVHlwZTogbXVsdGlwYXJ0L21peGVkOyBib3VuZGFyeT1pDQoNCi0taQ0KQ29udGVudC1UeXBlOiB0ZXh0L3BsYWluOyBjaGFyc2V0PXV0Zi04DQoNCtCf0YDQuNCy0LXRgg0KLS1pDQpDb250ZW50LVR5cGU6IGFwcGxpY2F0aW9uL3BkZjsgbmFtZT1hLnBkZg0KDQpQREYNCi0taS0tDQoxgY0wgYoCAQEwJDAMMQowCAYDVQQDDAFhAhQcIeHqlyYjzig/oMB638vEGPL/7jALBglghkgBZQMEAgEwCgYIKoZIzj0EAwIERjBEAiByUPACOgx+gKLtsQG5QcCQ0nRnbd4WY8iE2dmMtu6z4QIgIASIEyUa9x7a9GlgAbqHiqPzpWVHkQQvtBldeCPWvgo=";

    private const string SignedIndefinite =
        "MIAGCSqGSIb3DQEHAqCAMIACAQExDTALBglghkgBZQMEAgEwgAYJKoZIhvcNAQcBoIAkgASBqUNvbnRlbnQtVHlwZTogbXVsdGlwYXJ0L21peGVkOyBib3VuZGFyeT1pDQoNCi0taQ0KQ29udGVudC1UeXBlOiB0ZXh0L3BsYWluOyBjaGFyc2V0PXV0Zi04DQoNCtCf0YDQuNCy0LXRgg0KLS1pDQpDb250ZW50LVR5cGU6IGFwcGxpY2F0aW9uL3BkZjsgbmFtZT1hLnBkZg0KDQpQREYNCi0taS0tDQoAAAAAAAAxgY8wgYwCAQEwJDAMMQowCAYDVQQDDAFhAhQcIeHqlyYjzig/oMB638vEGPL/7jALBglghkgBZQMEAgEwCgYIKoZIzj0EAwIESDBGAiEA3ye+Xt/NNN4N2U8AI5ZfWb72vODELiLYXeaTYaH0cecCIQCPVMy43yFXUYDf8n5vV3bMx3ExXT5edv4DrvyGfSNBlgAAAAAAAA==";

    private const string Enveloped =
        "MIIBGQYJKoZIhvcNAQcDoIIBCjCCAQYCAQIxgcuhgcgCAQOgUaFPMAkGByqGSM49AgEDQgAEQjUuG35dOQNW0Q1EkE25JnxiT+Vr1ryRnglAp7LSEgFvP/6kBhSHyF4kubSM6RlUqlT2X/NNHiaWC2lQH9eWUjAcBgkrgQUQhkg/AAIwDwYLKoZIhvcNAQkQAwYFADBSMFAwJDAMMQowCAYDVQQDDAFhAhQcIeHqlyYjzig/oMB638vEGPL/7gQoJEnUqJ7J4iO2tSTsbRPaXR2Y+v9YVUFtxDHxpwhIo1YrLoSEntSkkjAzBgkqhkiG9w0BBwEwFAYIKoZIhvcNAwcECLf58w3mB2xUgBBWVdP+J5AlE3/LzsYBBut7";

    private static string Multipart(string subtype, params string[] parts) =>
        $"Content-Type: multipart/{subtype}; boundary=b\n\n" + string.Concat(parts.Select(p => $"--b\n{p}\n")) + "--b--\n";

    private static string Smime(string content, string parameters = "") =>
        $"Content-Type: application/pkcs7-mime{parameters}; name=smime.p7m\nContent-Disposition: attachment; filename=smime.p7m\nContent-Transfer-Encoding: base64\n\n{content}\n";

    [Theory]
    [InlineData("application/pgp-signature", "application/pgp-signature")]
    [InlineData("application/pkcs7-signature", "application/pkcs7-signature")]
    [InlineData("application/x-pkcs7-signature", "application/pkcs7-signature")]
    [InlineData("application/x-other", "application/x-other")]
    public void What_is_signed_is_read_and_the_signature_is_no_file(string type, string protocol)
    {
        var message = Corpus.Parse(Multipart(
            $"signed; protocol=\"{protocol}\"; micalg=sha-256", "Content-Type: multipart/mixed; boundary=i\n\n--i\n\nplain\n--i\nContent-Type: image/png; name=a.png\n\npng\n--i--\n",
            $"Content-Type: {type}; name=smime.p7s\nContent-Disposition: attachment; filename=smime.p7s\n\nMIIB"));
        Assert.Equal("plain", message.TextBody);
        Assert.Equal("a.png", Assert.Single(message.Attachments).FileName);
        Assert.Equal(MailEncryption.None, message.Encryption);
    }

    [Fact]
    public void A_signature_that_is_sent_as_a_file_is_one()
    {
        var message = Corpus.Parse(Multipart("mixed", "\nplain", "Content-Type: application/pgp-signature; name=release.asc\n\n-----BEGIN"));
        Assert.Equal("release.asc", Assert.Single(message.Attachments).FileName);
    }

    [Theory]
    [InlineData(Signed)]
    [InlineData(SignedIndefinite)]
    public void A_message_within_its_signature_is_read(string content)
    {
        var message = Corpus.Parse(Smime(content, "; smime-type=signed-data"));
        Assert.Equal("Привет", message.TextBody?.Trim());
        Assert.Equal("a.pdf", Assert.Single(message.Attachments).FileName);
        Assert.Equal(MailEncryption.None, message.Encryption);
    }

    [Fact]
    public void A_damaged_signature_stays_a_file_and_never_throws()
    {
        var whole = Convert.FromBase64String(Signed);
        for (var length = 0; length < whole.Length; length += 3)
        {
            var message = Corpus.Parse(Smime(Convert.ToBase64String(whole[..length])));
            Corpus.Exercise(message);
            if (length < 200) Assert.Equal("smime.p7m", Assert.Single(message.Attachments).FileName);
        }
    }

    [Fact]
    public void Signatures_within_signatures_come_to_an_end()
    {
        var content = Convert.FromBase64String(Signed);
        for (var i = 0; i < 8; i++)
        {
            var entity = Corpus.Octets(Smime(Convert.ToBase64String(content)));
            content = Sequence([0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02],
                Tagged(0xA0, Sequence([2, 1, 1], [0x31, 0], Sequence([0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01], Tagged(0xA0, Tagged(0x04, entity))))));
            if (i == 1) Assert.Equal("a.pdf", Assert.Single(Corpus.Parse(Smime(Convert.ToBase64String(content))).Attachments).FileName);
        }

        Assert.Equal("smime.p7m", Assert.Single(Corpus.Parse(Smime(Convert.ToBase64String(content))).Attachments).FileName);
    }

    [Theory]
    [InlineData("; smime-type=enveloped-data", Enveloped)]
    [InlineData("", Enveloped)]
    [InlineData("; smime-type=signed-data", Enveloped)] // the content knows better
    [InlineData("; smime-type=authEnveloped-data", "AAAA")]
    public void Enveloped_data_is_encrypted_mail(string parameters, string content)
    {
        var message = Corpus.Parse(Smime(content, parameters));
        Assert.Equal(MailEncryption.Smime, message.Encryption);
        Assert.Null(message.TextBody);
        Assert.Equal("smime.p7m", Assert.Single(message.Attachments).FileName);
    }

    [Fact]
    public void An_encrypted_file_beside_a_text_makes_no_encrypted_mail()
    {
        Assert.Equal(MailEncryption.None, Corpus.Parse(Multipart("mixed", "\nSee the file.", Smime(Enveloped))).Encryption);
        Assert.Equal(MailEncryption.None, Corpus.Parse("Subject: x\n\nHow do I open this?\n\n-----BEGIN PGP MESSAGE-----\n").Encryption);
        Assert.Equal(MailEncryption.None, Corpus.Parse("").Encryption);
    }

    [Theory]
    [InlineData("encrypted; protocol=\"application/pgp-encrypted\"")]
    [InlineData("mixed")] // as Exchange leaves it
    public void Pgp_mime_is_encrypted_mail(string subtype) => Assert.Equal(MailEncryption.PgpMime, Corpus.Parse(Multipart(
        subtype, "Content-Type: application/pgp-encrypted\n\nVersion: 1", "Content-Type: application/octet-stream; name=encrypted.asc\n\n-----BEGIN PGP MESSAGE-----")).Encryption);

    [Fact]
    public void A_text_that_is_an_armoured_block_is_encrypted_mail() =>
        Assert.Equal(MailEncryption.PgpInline, Corpus.Parse("Subject: x\n\n\n-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----\n").Encryption);

    [Fact]
    public void A_piece_of_a_message_is_kept_and_told()
    {
        var message = Corpus.Parse("Content-Type: message/partial; number=2; total=3; id=\"a@b\"\n\npiece");
        Assert.Equal((MimeDefectKind.PartialMessage, "number 2 of 3"), (Assert.Single(message.Defects).Kind, message.Defects[0].Detail));
        Assert.Equal("piece", System.Text.Encoding.ASCII.GetString(Assert.Single(message.Attachments).Decode()));
        Assert.Null(message.TextBody);
    }

    private const string Invitation = """
        Content-Type: text/calendar; method=REQUEST; charset=utf-8

        BEGIN:VCALENDAR
        METHOD:REQUEST
        BEGIN:VTIMEZONE
        TZID:Europe/Minsk
        BEGIN:STANDARD
        DTSTART:16010101T000000
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        ORGANIZER;CN="Иванова: Анна":mailto:anna@client.example
        SUMMARY;LANGUAGE=ru:Перенос серве
         ра\, срочно
        DTSTART;TZID=Europe/Minsk:20260302T100000
        DTEND;TZID=Europe/Minsk:20260302T113000
        LOCATION:Комната 5
        DESCRIPTION:Первая строка\nвторая
        BEGIN:VALARM
        DESCRIPTION:Reminder
        END:VALARM
        END:VEVENT
        END:VCALENDAR
        """;

    private const string InvitationText = "Перенос сервера, срочно\n2026-03-02 10:00 – 2026-03-02 11:30 (Europe/Minsk)\nКомната 5\nИванова: Анна <anna@client.example>\nПервая строка\nвторая";

    [Fact]
    public void An_invitation_without_a_word_tells_what_when_and_where()
    {
        foreach (var message in new[] { Corpus.Parse(Invitation), Corpus.Parse(Multipart("alternative", "\n", Invitation)) })
        {
            Assert.Equal(InvitationText, message.TextBody);
            Assert.Equal("text/calendar", Assert.Single(message.Attachments).ContentType.MediaType);
        }
    }

    [Fact]
    public void An_invitation_beside_a_text_is_a_file()
    {
        var message = Corpus.Parse(Multipart("alternative", "\nPlease come.", Invitation));
        Assert.Equal("Please come.", message.TextBody);
        Assert.Single(message.Attachments);
    }

    [Theory]
    [InlineData("METHOD:CANCEL\nBEGIN:VEVENT\nSUMMARY:x\nDTSTART:20260302T100000Z\nEND:VEVENT", "[CANCEL] x\n2026-03-02 10:00 (UTC)")]
    [InlineData("BEGIN:VTODO\nSUMMARY:x\nDUE;VALUE=DATE:20260302\nEND:VTODO", "x\n– 2026-03-02")]
    [InlineData("BEGIN:VEVENT\nDTSTART:tomorrow\nORGANIZER:MAILTO:a@b\nEND:VEVENT", "tomorrow\na@b")]
    [InlineData("BEGIN:VFREEBUSY\nEND:VFREEBUSY", null)]
    [InlineData("no calendar at all", null)]
    [InlineData("BEGIN:VEVENT\nSUMMARY", null)]
    public void Other_calendars_tell_what_they_have(string calendar, string? text) =>
        Assert.Equal(text, Corpus.Parse($"Content-Type: text/calendar\n\n{calendar}\n").TextBody);

    [Theory]
    [InlineData("cid:i%40x")]
    [InlineData("<i@x>")]
    [InlineData("i@x")]
    public void An_image_is_found_by_the_name_that_the_html_uses(string name)
    {
        var message = Corpus.Parse(Multipart("related", "Content-Type: text/html\n\n<img src='cid:i@x'>", "Content-Type: image/png\nContent-ID: <i@x>\nContent-Disposition: inline\n\npng"));
        Assert.Equal("image/png", message.FindByContentId(name)?.ContentType.MediaType);
        Assert.Null(message.FindByContentId("cid:other"));
    }

    private static byte[] Sequence(params byte[][] pieces) => Tagged(0x30, [.. pieces.SelectMany(p => p)]);

    private static byte[] Tagged(byte tag, byte[] content) =>
        [tag, 0x84, (byte)(content.Length >> 24), (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length, .. content];
}
