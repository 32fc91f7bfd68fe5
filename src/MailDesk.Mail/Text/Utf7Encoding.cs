using System.Text;

namespace MailDesk.Mail.Text;

/// <summary>
/// RFC 2152, for reading only: .NET no longer decodes UTF-7, and Exchange of old still sends it. What is malformed comes out
/// as U+FFFD or as written; nothing throws. Encoding writes ASCII, with <c>?</c> for the rest.
/// </summary>
internal sealed class Utf7Encoding : Encoding
{
    internal const int Number = 65000;

    internal static readonly Utf7Encoding Instance = new();

    private Utf7Encoding()
        : base(Number)
    {
    }

    public override string EncodingName => "Unicode (UTF-7)";

    public override string WebName => "utf-7";

    public override int GetByteCount(char[] chars, int index, int count) => count;

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        ASCII.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetCharCount(byte[] bytes, int index, int count) => Decode(bytes.AsSpan(index, count)).Length;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        var text = Decode(bytes.AsSpan(byteIndex, byteCount));
        text.CopyTo(0, chars, charIndex, text.Length);
        return text.Length;
    }

    public override int GetMaxByteCount(int charCount) => charCount;

    public override int GetMaxCharCount(int byteCount) => byteCount;

    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '+')
            {
                text.Append(bytes[i] < 0x80 ? (char)bytes[i] : '\uFFFD');
            }
            else if (i + 1 < bytes.Length && bytes[i + 1] == '-')
            {
                text.Append('+');
                i++;
            }
            else
            {
                i = DecodeShifted(bytes, i + 1, text);
            }
        }

        return text.ToString();
    }

    /// <summary>Decodes from behind the <c>+</c>; returns the index of the last byte that belongs to the run.</summary>
    private static int DecodeShifted(ReadOnlySpan<byte> bytes, int start, StringBuilder text)
    {
        var (i, bits, held, length) = (start, 0u, 0, text.Length);
        for (; i < bytes.Length && Base64Value(bytes[i]) is >= 0 and var value; i++)
        {
            bits = (bits << 6) | (uint)value;
            held += 6;
            if (held < 16) continue;
            held -= 16;
            text.Append((char)(bits >> held));
            bits &= (1u << held) - 1;
        }

        if (text.Length > length) return i < bytes.Length && bytes[i] == '-' ? i : i - 1;
        text.Append('+'); // a plus sign that shifts to nothing was meant as one
        return start - 1;
    }

    private static int Base64Value(byte b) => (char)b switch
    {
        >= 'A' and <= 'Z' => b - 'A',
        >= 'a' and <= 'z' => b - 'a' + 26,
        >= '0' and <= '9' => b - '0' + 52,
        '+' => 62,
        '/' => 63,
        _ => -1,
    };
}
