using System.Buffers;
using System.Buffers.Text;

namespace MailDesk.Mail.Mime;

/// <summary>
/// Base64 (RFC 2045 §6.8) as it arrives. Whole lines of whole groups, which is nearly everything, go through the vectorised decoder;
/// a line with anything else in it goes octet by octet: foreign octets are passed over, padding may be missing, and may come early.
/// </summary>
internal static class Base64Decoder
{
    private static readonly sbyte[] Values = CreateValues();

    /// <summary>Decodes into <paramref name="target"/>, which holds three octets for four at least and four more.</summary>
    /// <returns>How many octets were written.</returns>
    public static int Decode(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var written = 0;
        var group = 0; // sextets of the group that a line end or a foreign octet cut
        var count = 0;
        var padded = false;
        while (source.Length > 0)
        {
            var newline = source.IndexOf((byte)'\n');
            var line = (newline < 0 ? source : source[..newline]).Trim(" \t\r"u8);
            source = newline < 0 ? default : source[(newline + 1)..];
            if (line.IsEmpty) continue;

            if (padded && line.ContainsAnyExcept(Alphabet)) break; // a footer that somebody put below the encoded text
            if (count == 0 && line.Length % 4 == 0
                && Base64.DecodeFromUtf8(line, target[written..], out _, out var decoded) == OperationStatus.Done)
            {
                written += decoded;
                padded = line.EndsWith((byte)'=');
                continue;
            }

            foreach (var octet in line)
            {
                var value = Values[octet];
                if (value >= 0)
                {
                    group = group << 6 | (byte)value;
                    if (++count < 4) continue;
                    target[written++] = (byte)(group >> 16);
                    target[written++] = (byte)(group >> 8);
                    target[written++] = (byte)group;
                    group = count = 0;
                }
                else if (octet == '=')
                {
                    padded = true;
                    FlushGroup(target, ref written, ref group, ref count);
                }
                else if (padded)
                {
                    return written; // words behind the end of the encoded text
                }
            }
        }

        FlushGroup(target, ref written, ref group, ref count);
        return written;
    }

    private static readonly SearchValues<byte> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);

    /// <summary>
    /// False for words under a base64 label, as a careless program or a gateway leaves them: decoded they would be noise. Real base64 has a
    /// foreign octet here and there (a quotation mark a line, a cut), words have a blank every few letters.
    /// </summary>
    public static bool IsPlausible(ReadOnlySpan<byte> source)
    {
        if (source.Length > Sample) source = source[..Sample];
        var (own, foreign, blanks) = (0, 0, 0);
        foreach (var octet in source)
        {
            if (octet is (byte)'\r' or (byte)'\n' or (byte)' ' or (byte)'\t')
            {
                blanks = octet is (byte)'\r' or (byte)'\n' || blanks < 0 ? -1 : blanks + 1; // those at a line's beginning and end say nothing
                continue;
            }

            foreign += Math.Max(0, blanks);
            blanks = 0;
            if (octet == '=') break; // what comes after the padding is not looked at
            if (Values[octet] >= 0) own++;
            else foreign++;
        }

        return foreign < MinForeign || foreign * OwnPerForeign < own;
    }

    private const int Sample = 4096;

    private const int MinForeign = 3;

    /// <summary>A quotation mark and a blank before each line of 76 stay below this, words do not.</summary>
    private const int OwnPerForeign = 20;

    /// <summary>Ends a group early: two sextets hold one octet, three hold two, one holds nothing.</summary>
    private static void FlushGroup(Span<byte> target, ref int written, ref int group, ref int count)
    {
        if (count == 2) target[written++] = (byte)(group >> 4);
        if (count == 3)
        {
            target[written++] = (byte)(group >> 10);
            target[written++] = (byte)(group >> 2);
        }

        group = count = 0;
    }

    private static sbyte[] CreateValues()
    {
        var values = new sbyte[256];
        Array.Fill(values, (sbyte)-1);
        var letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8;
        for (var i = 0; i < letters.Length; i++) values[letters[i]] = (sbyte)i;
        return values;
    }
}
