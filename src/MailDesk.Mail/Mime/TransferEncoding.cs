using System.Buffers;

namespace MailDesk.Mail.Mime;

/// <summary>Content-Transfer-Encoding (RFC 2045 §6). 7bit, 8bit, binary and unknown ones all leave the octets as they are.</summary>
public enum TransferEncoding
{
    Identity,
    Base64,
    QuotedPrintable,
    UuEncode,
}

/// <summary>Decodes as far as the octets go; damage never throws.</summary>
internal static class TransferDecoder
{
    /// <returns>Null for a name that is not known.</returns>
    public static TransferEncoding? Find(string? name)
    {
        var token = name.AsSpan().Trim();
        var end = token.IndexOfAny(" \t;(");
        if (end > 0) token = token[..end];
        token = token.Trim("\"'");
        ReadOnlySpan<string> identities = ["", "7bit", "8bit", "binary", "7-bit", "8-bit"];
        foreach (var identity in identities)
        {
            if (token.Equals(identity, StringComparison.OrdinalIgnoreCase)) return TransferEncoding.Identity;
        }

        if (token.Equals("base64", StringComparison.OrdinalIgnoreCase)) return TransferEncoding.Base64;
        if (token.Equals("quoted-printable", StringComparison.OrdinalIgnoreCase)) return TransferEncoding.QuotedPrintable;
        return token.Equals("uuencode", StringComparison.OrdinalIgnoreCase) || token.Equals("x-uuencode", StringComparison.OrdinalIgnoreCase)
            || token.Equals("x-uue", StringComparison.OrdinalIgnoreCase) ? TransferEncoding.UuEncode : null;
    }

    /// <summary>Decodes into a rented buffer and hands it to <paramref name="use"/>.</summary>
    public static T Decode<T, TState>(TransferEncoding encoding, ReadOnlySpan<byte> content, TState state, SpanUse<T, TState> use)
    {
        if (encoding == TransferEncoding.Identity || (encoding == TransferEncoding.Base64 && !Base64Decoder.IsPlausible(content))) return use(content, state);

        var buffer = ArrayPool<byte>.Shared.Rent(content.Length + 4); // no encoding grows when decoded
        var length = encoding switch
        {
            TransferEncoding.Base64 => Base64Decoder.Decode(content, buffer),
            TransferEncoding.QuotedPrintable => QuotedPrintable.Decode(content, buffer),
            _ => UuDecoder.Decode(content, buffer),
        };
        var result = use(buffer.AsSpan(0, length), state);
        ArrayPool<byte>.Shared.Return(buffer);
        return result;
    }
}

internal delegate T SpanUse<out T, in TState>(ReadOnlySpan<byte> decoded, TState state);
