using System.Security.Cryptography;
using System.Text;
using MailDesk.Worker.Letters;

namespace MailDesk.Worker.Security;

/// <summary>
/// Makes and checks the tokens by which a reply proves that its writer holds a letter of the desk (MAIL.md §2, §3).
/// <para>A token is <c>1042.cTTTTTTMMMMMMMMMMMM</c>: the request, the role of the reader (c client, e engineer), a tag of the reader's address
/// and 60 bits of HMAC-SHA256 over all that. It is checked without a lookup, survives a change of letter case, and says to whom it was
/// given, so that in other hands it gives nothing but the proof that a letter went round.</para>
/// </summary>
public sealed class LetterTokens(byte[] key)
{
    private const int TagLength = 6;
    private const int MacLength = 12;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567"; // RFC 4648 §6, lower case

    public string Issue(TicketNumber ticket, LetterRole role, string address)
    {
        var body = $"{(role == LetterRole.Engineer ? 'e' : 'c')}{TagOf(address)}";
        return $"{ticket}.{body}{Mac("token", $"{ticket}.{body}")}";
    }

    /// <summary>The Message-ID (without angle brackets) of a letter.</summary>
    /// <param name="token">What <see cref="Issue"/> gave for the letter's reader.</param>
    /// <param name="unique">Tells the letters of a token apart.</param>
    public string MessageId(string token, string unique, string domain) => $"{token}.{unique}{Mac("id", $"{token}.{unique}")}@{domain}";

    /// <summary>The value of the header by which the desk knows its own letters (MAIL.md §1.2).</summary>
    public string Marker(string unique) => $"{unique}.{Mac("marker", unique)}";

    public bool IsMarker(string? value) =>
        value?.Trim().Split('.') is [var unique, var mac] && Same(mac, Mac("marker", unique));

    /// <summary>Reads a token such as stands in an address or a text; null when it is not one of ours.</summary>
    public ReplyToken? Check(ReadOnlySpan<char> token)
    {
        var text = token.ToString().ToLowerInvariant();
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || text.Length != dot + 2 + TagLength + MacLength || !TicketNumber.TryParse(text.AsSpan(0, dot), out var ticket)) return null;
        if (text[dot + 1] is not ('c' or 'e') || !Same(text[^MacLength..], Mac("token", text[..^MacLength]))) return null;
        return new ReplyToken(ticket, text[dot + 1] == 'e' ? LetterRole.Engineer : LetterRole.Client, text.Substring(dot + 2, TagLength));
    }

    /// <summary>Reads a Message-ID; null when the desk did not make it.</summary>
    public ReplyToken? CheckMessageId(string messageId)
    {
        var local = messageId.AsSpan()[..Math.Max(0, messageId.IndexOf('@', StringComparison.Ordinal))].ToString().ToLowerInvariant();
        var dot = local.LastIndexOf('.');
        if (dot < 0 || local.Length - dot - 1 <= MacLength || !Same(local[^MacLength..], Mac("id", local[..^MacLength]))) return null;
        return Check(local.AsSpan(0, dot));
    }

    /// <summary>Whether the token was given to this very address.</summary>
    public bool IsBoundTo(ReplyToken token, string address) => Same(token.AddressTag, TagOf(address));

    private string TagOf(string address) => Mac("address", address.Trim().ToLowerInvariant())[..TagLength];

    /// <summary>The purpose is part of what is signed: a code for one never passes for another.</summary>
    private string Mac(string purpose, string text)
    {
        Span<byte> hash = stackalloc byte[32];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{purpose}\0{text}"), hash);
        return Base32(hash, MacLength);
    }

    /// <summary>A short random name in the tokens' alphabet, five bits a letter.</summary>
    public static string Unique(RandomNumberGenerator random, int length = 10)
    {
        Span<byte> bytes = stackalloc byte[(length * 5 + 7) / 8];
        random.GetBytes(bytes);
        return Base32(bytes, length);
    }

    private static string Base32(ReadOnlySpan<byte> bytes, int length)
    {
        Span<char> text = stackalloc char[length];
        int bits = 0, count = 0, next = 0;
        for (var i = 0; i < length; i++)
        {
            while (count < 5)
            {
                bits = (bits << 8) | bytes[next++];
                count += 8;
            }

            count -= 5;
            text[i] = Alphabet[(bits >> count) & 31];
            bits &= (1 << count) - 1;
        }

        return new string(text);
    }

    private static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
}

/// <summary>A token that the desk issued: for which request, to a reader of which role, and the tag of the reader's address.</summary>
public sealed record ReplyToken(TicketNumber Ticket, LetterRole Role, string AddressTag);
