using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace MailDesk.Mail.Text;

/// <summary>What the charset labels of mail mean: the registered names, what programs write instead, and what they mean by it.</summary>
internal static class CharsetLabels
{
    internal const int Windows1251 = 1251;
    internal const int Windows1252 = 1252;
    internal const int Koi8R = 20866;
    internal const int Koi8U = 21866;
    internal const int Cp866 = 866;

    internal static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Labels that .NET does not know, or takes more narrowly than the writers do. Superset instead of set: a letter more never hurts.</summary>
    private static readonly FrozenDictionary<string, int> Aliases = new (int CodePage, string Labels)[]
    {
        (65001, "utf8|utf_8|unicode-1-1-utf-8|utf-8-sig|utf8mb4|x-utf-8"),
        (1251, "win1251|win-1251|x-win-1251|ansi-1251|cyrillic-windows"),
        (Koi8R, "koi8|koi8r|koi-8-r|koi8_r"),
        (Koi8U, "koi8u|koi8-ru|koi-8-u"),
        (Cp866, "dos-866|alt"),
        (10007, "mac-cyrillic"),
        (10000, "mac"),
        // WHATWG encoding standard: Latin-1 is read as windows-1252, since that is what is written.
        (1252, "iso-8859-1|iso8859-1|iso_8859-1|iso8859_1|latin1|latin-1|l1"),
        (1254, "iso-8859-9|latin5"),
        (874, "iso-8859-11|tis-620"),
        (54936, "gb2312|gb_2312-80|x-gbk|gbk|euc-cn|chinese|cp936|x-euc-cn"),
        (950, "big5-hkscs|x-x-big5"),
        (949, "ks_c_5601-1987|ks_c_5601-1989|ksc5601|euc-kr|x-windows-949|uhc"),
        (932, "x-sjis|sjis|ms_kanji|windows-31j|cp932"),
        (51932, "x-euc-jp"),
        (50220, "iso-2022-jp-2|iso-2022-jp-ms"),
        (28598, "iso-8859-8-i|iso-8859-8-e|logical|visual"),
        (28596, "iso-8859-6-i|iso-8859-6-e"),
        (1200, "utf16|utf-16|utf-16le|ucs-2|unicode|iso-10646-ucs-2"),
        (1201, "utf16be|utf-16be"),
        (12000, "utf-32|utf-32le|ucs-4"),
        (12001, "utf-32be"),
        (Utf7Encoding.Number, "utf-7|utf7|unicode-1-1-utf-7|x-unicode-2-0-utf-7"),
    }.SelectMany(entry => entry.Labels.Split('|'), (entry, label) => (label, entry.CodePage))
        .ToFrozenDictionary(entry => entry.label, entry => entry.CodePage, StringComparer.OrdinalIgnoreCase);

    /// <summary>Labels that name no particular set: the content decides.</summary>
    private static readonly FrozenSet<string> Meaningless = new[]
    {
        "us-ascii", "ascii", "ansi_x3.4-1968", "iso646-us", "unknown-8bit", "x-unknown", "unknown", "default", "default_charset", "x-user-defined", "binary", "8bit", "none", "_autodetect",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The encoding that a label means, or null where it is missing, meaningless or unknown.</summary>
    internal static Encoding? Find(string? label)
    {
        var name = label?.Trim(' ', '\t', '"', '\'', ';', ',', '<', '>') ?? "";
        if (name.Length is 0 or > 40 || Meaningless.Contains(name)) return null;
        if (Aliases.TryGetValue(name, out var number)) return ByCodePage(number);
        if (ByName(name) is { } known) return known;
        // x-cp1251, cp-1251, windows1251, ms-1251, ibm866, 1251: the digits are the code page.
        var digits = name.AsSpan(name.AsSpan().TrimEnd("0123456789").Length);
        return digits.Length is >= 3 and <= 5 && !name.Contains("8859", StringComparison.Ordinal)
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) ? ByCodePage(number) : null;
    }

    internal static Encoding? ByCodePage(int number) => number switch
    {
        1200 => Encoding.Unicode,
        1201 => Encoding.BigEndianUnicode,
        12000 => Encoding.UTF32,
        12001 => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        65001 => Utf8,
        Utf7Encoding.Number => Utf7Encoding.Instance,
        _ => CodePagesEncodingProvider.Instance.GetEncoding(number, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD")),
    };

    private static Encoding? ByName(string name) => name.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
        ? Utf8
        : CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"));
}
