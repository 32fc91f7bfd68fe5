using System.Text;
using MailDesk.Mail.Text;

namespace MailDesk.Mail.Tests.Text;

public sealed class CharsetDetectorTests
{
    private const string Russian = "Добрый день! Не работает вход в личный кабинет, помогите, пожалуйста.\r\nС уважением, Анна";
    private const string Belarusian = "Добры дзень! Не працуе ўваход у асабісты кабінет, дапамажыце, калі ласка.\r\nЗ павагай, Ганна";

    [Theory]
    [InlineData("cp1251", 1251)]
    [InlineData("win-1251", 1251)]
    [InlineData("x-cp1251", 1251)]
    [InlineData("\"Windows-1251\"", 1251)]
    [InlineData("1251", 1251)]
    [InlineData("koi8r", 20866)]
    [InlineData("KOI8-R", 20866)]
    [InlineData("koi8-u", 21866)]
    [InlineData("ibm866", 866)]
    [InlineData("utf8", 65001)]
    [InlineData("unicode-1-1-utf-7", 65000)]
    [InlineData("ks_c_5601-1987", 949)]
    [InlineData("gb2312", 54936)]
    [InlineData("x-sjis", 932)]
    [InlineData("iso-8859-1", 1252)]
    [InlineData("iso-8859-2", 28592)]
    [InlineData("iso-8859-5", 28595)]
    [InlineData("iso-8859-15", 28605)]
    [InlineData("iso-2022-jp", 50220)]
    [InlineData("big5", 950)]
    [InlineData("euc-jp", 51932)]
    public void A_label_or_its_alias_names_the_charset(string label, int codePage) =>
        Assert.Equal(codePage, CharsetDetector.Detect("plain"u8, label).CodePage);

    [Fact]
    public void Hebrew_in_logical_order_is_read_as_iso_8859_8() =>
        Assert.Equal("שלום", CharsetDetector.Decode([0xF9, 0xEC, 0xE5, 0xED], "iso-8859-8-i", out _));

    [Theory]
    [InlineData(Russian, 1251)]
    [InlineData(Russian, 20866)]
    [InlineData(Russian, 866)]
    [InlineData(Russian, 28595)]
    [InlineData(Russian, 65001)]
    [InlineData(Belarusian, 1251)]
    [InlineData(Belarusian, 65001)]
    [InlineData("Срочно", 1251)]
    [InlineData("Срочно", 20866)]
    [InlineData("ОШИБКА ПРИ ОПЛАТЕ СЧЕТА", 1251)]
    [InlineData("ОШИБКА ПРИ ОПЛАТЕ СЧЕТА", 20866)]
    [InlineData("ОШИБКА ПРИ ОПЛАТЕ СЧЕТА", 866)]
    [InlineData("Re: Доступ к VPN (MD-1042) — №5", 1251)]
    [InlineData("Zażółć café Müller", 65001)]
    [InlineData("Größe und Maße: äöü, déjà vu à Genève", 1252)]
    [InlineData("It’s – “fine”", 1252)]
    [InlineData("Intel® 64 and IA-32", 1252)]
    [InlineData("It costs £5, and it is 20 °C outside", 1252)]
    public void Text_without_label_is_recognised(string text, int codePage)
    {
        foreach (var label in new[] { null, "", "us-ascii", "x-unknown", "no-such-charset" })
        {
            Assert.Equal(text, CharsetDetector.Decode(In(text, codePage), label, out var damaged));
            Assert.False(damaged);
        }
    }

    [Theory]
    [InlineData(1251, "utf-8")]
    [InlineData(1251, "iso-8859-1")]
    [InlineData(20866, "utf-8")]
    [InlineData(20866, "windows-1252")]
    [InlineData(20866, "windows-1251")]
    [InlineData(1251, "koi8-r")]
    [InlineData(65001, "windows-1251")]
    [InlineData(65001, "iso-8859-1")]
    [InlineData(65001, "koi8-r")]
    public void A_wrong_label_does_not_spoil_Russian_text(int codePage, string label) =>
        Assert.Equal(Russian, CharsetDetector.Decode(In(Russian, codePage), label, out _));

    [Theory]
    [InlineData("Größe, façade, naïve", "iso-8859-1", 1252)]
    [InlineData("Łódź i Gdańsk, żółw", "iso-8859-2", 28592)]
    [InlineData("Приём", "windows-1251", 1251)]
    [InlineData("日本語のテスト", "shift_jis", 932)]
    [InlineData("中文邮件", "gb2312", 54936)]
    [InlineData("한국어", "ks_c_5601-1987", 949)]
    [InlineData("Ελληνικά", "iso-8859-7", 28597)]
    public void A_right_label_is_believed(string text, string label, int codePage) =>
        Assert.Equal(text, CharsetDetector.Decode(In(text, codePage), label, out _));

    [Theory]
    [InlineData("次のあて先へ", 51932, "iso-2022-jp")]
    [InlineData("次のあて先へ", 932, "iso-2022-jp")]
    [InlineData("次のあて先へ", 65001, "iso-2022-jp")]
    [InlineData("한국어 시험", 949, "iso-2022-kr")]
    [InlineData("中文邮件", 54936, "hz-gb-2312")]
    [InlineData("Добрый день", 65001, "big5")]
    public void Bytes_that_mean_nothing_in_the_labelled_charset_are_read_in_one_where_all_do(string text, int codePage, string label)
    {
        Assert.Equal(text, CharsetDetector.Decode(In(text, codePage), label, out var damaged));
        Assert.False(damaged);
    }

    [Theory]
    [InlineData("Hi Mom -+Jjo--!", "Hi Mom -☺-!")]
    [InlineData("A+ImIDkQ.", "A≢Α.")]
    [InlineData("1 +- 1 = 2", "1 + 1 = 2")]
    [InlineData("C++ and 1 + 1", "C++ and 1 + 1")]
    [InlineData("cut +Jjo", "cut ☺")]
    [InlineData("+BB8EQAQ4BDIENQRC-", "Привет")]
    public void Utf_7_is_decoded(string encoded, string text) =>
        Assert.Equal(text, CharsetDetector.Decode(Encoding.ASCII.GetBytes(encoded), "utf-7", out _));

    [Fact]
    public void A_byte_order_mark_beats_the_label_and_is_no_text()
    {
        foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32 })
        {
            Assert.Equal(Russian, CharsetDetector.Decode([.. encoding.GetPreamble(), .. encoding.GetBytes(Russian)], "windows-1251", out _));
        }
    }

    [Fact]
    public void Utf_16_is_recognised_without_mark()
    {
        foreach (var text in new[] { Russian, "Only in English, 1 2 3" })
        {
            foreach (var label in new[] { null, "utf-16", "us-ascii" })
            {
                Assert.Equal(text, CharsetDetector.Decode(Encoding.Unicode.GetBytes(text), label, out _));
                Assert.Equal(text, CharsetDetector.Decode(Encoding.BigEndianUnicode.GetBytes(text), label, out _));
            }
        }
    }

    [Fact]
    public void Utf_8_with_a_cut_character_stays_utf_8_and_is_called_damaged()
    {
        var bytes = In(Russian, 65001);
        var text = CharsetDetector.Decode(bytes.AsSpan(0, bytes.Length - 1), null, out var damaged);
        Assert.StartsWith(Russian[..^1], text, StringComparison.Ordinal);
        Assert.True(damaged);
    }

    [Fact]
    public void Any_bytes_under_any_label_become_text()
    {
        var random = new Random(7);
        string?[] labels = [null, "", "utf-8", "utf-7", "utf-16", "utf-32", "windows-1251", "koi8-r", "gb18030", "iso-2022-jp", "hz-gb-2312", "big5", "\u0000", new string('x', 5000), "99999", "-1", "0"];
        for (var round = 0; round < 500; round++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            foreach (var label in labels) Assert.NotNull(CharsetDetector.Decode(bytes, label, out _));
        }
    }

    private static byte[] In(string text, int codePage) =>
        codePage == 65001 ? Encoding.UTF8.GetBytes(text) : CodePagesEncodingProvider.Instance.GetEncoding(codePage)!.GetBytes(text);
}
