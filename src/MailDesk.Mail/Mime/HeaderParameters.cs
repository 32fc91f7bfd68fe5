using System.Text;
using MailDesk.Mail.Text;

namespace MailDesk.Mail.Mime;

/// <summary>
/// The parameters of a Content-Type or Content-Disposition: RFC 2045 §5.1 with RFC 2231 continuations and charsets, RFC 2047 words
/// (against §5 of that RFC, but everybody writes them), missing quotes and missing semicolons. Parsed when the first is asked for.
/// </summary>
internal sealed class HeaderParameters(string text)
{
    /// <summary>More than any honest field has.</summary>
    private const int MaxParameters = 500;

    private Dictionary<string, string>? _values;

    public static HeaderParameters None { get; } = new("");

    public string? this[string name] => (_values ??= Parse(text)).GetValueOrDefault(name);

    private static Dictionary<string, string> Parse(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        List<Section>? sections = null;
        var reader = new ParameterReader(text);
        while (values.Count + (sections?.Count ?? 0) < MaxParameters && reader.Next(out var name, out var value))
        {
            var star = name.IndexOf('*', StringComparison.Ordinal);
            if (star < 0) values.TryAdd(name, EncodedWords.Decode(value));
            else (sections ??= []).Add(Section.Parse(name, star, value));
        }

        // RFC 2231 values win over a plain fallback of the same name.
        foreach (var group in sections?.GroupBy(s => s.Name, StringComparer.OrdinalIgnoreCase) ?? []) values[group.Key] = Join(group);
        return values;
    }

    /// <summary>Puts the sections of a value together (RFC 2231 §3, §4.1); the first encoded one names the charset for all.</summary>
    private static string Join(IEnumerable<Section> sections)
    {
        var octets = new List<byte>();
        var result = new StringBuilder();
        string? charset = null;
        var charsetKnown = false;
        foreach (var section in sections.OrderBy(s => s.Index))
        {
            var value = section.Value;
            if (!section.IsEncoded)
            {
                Flush();
                result.Append(value);
                continue;
            }

            if (!charsetKnown && value.Split('\'', 3) is [var label, _, var rest])
            {
                (charset, value, charsetKnown) = (label, rest, true);
            }

            PercentDecode(value, octets);
        }

        Flush();
        return EncodedWords.Decode(result.ToString());

        void Flush()
        {
            result.Append(CharsetDetector.Decode(octets.ToArray(), charset, out _));
            octets.Clear();
        }
    }

    private static void PercentDecode(string value, List<byte> octets)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '%' && i + 2 < value.Length && char.IsAsciiHexDigit(value[i + 1]) && char.IsAsciiHexDigit(value[i + 2]))
            {
                octets.Add(Convert.ToByte(value.Substring(i + 1, 2), 16));
                i += 2;
            }
            else if (char.IsAscii(value[i])) octets.Add((byte)value[i]);
            else
            {
                var length = i + 1 < value.Length && char.IsSurrogatePair(value[i], value[i + 1]) ? 2 : 1;
                octets.AddRange(Encoding.UTF8.GetBytes(value, i, length));
                i += length - 1;
            }
        }
    }

    /// <summary><c>name*</c>, <c>name*0</c> or <c>name*0*</c>.</summary>
    private readonly record struct Section(string Name, int Index, bool IsEncoded, string Value)
    {
        public static Section Parse(string name, int star, string value)
        {
            var rest = name.AsSpan(star + 1);
            var encoded = rest.Length == 0 || rest[^1] == '*';
            if (rest.Length > 0 && encoded) rest = rest[..^1];
            return new(name[..star], int.TryParse(rest, System.Globalization.NumberStyles.None, null, out var index) ? index : 0, encoded, value);
        }
    }
}
