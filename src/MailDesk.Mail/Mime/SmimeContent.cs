using System.Formats.Asn1;

namespace MailDesk.Mail.Mime;

/// <summary>What an application/pkcs7-mime part is (RFC 8551 §3.2) and, where it is only signed, what it holds. Signatures are not checked.</summary>
internal static class SmimeContent
{
    private const string SignedData = "1.2.840.113549.1.7.2";
    private const string EnvelopedData = "1.2.840.113549.1.7.3";
    private const string AuthEnvelopedData = "1.2.840.113549.1.9.16.1.23";

    /// <summary>Cheap: by the type only.</summary>
    public static bool Is(MimePart part) => part.ContentType is { Type: "application", Subtype: "pkcs7-mime" or "x-pkcs7-mime" };

    public static bool IsEnveloped(MimePart part)
    {
        if (!Is(part)) return false;
        return TypeOf(part.Decode()) is { } type
            ? type is EnvelopedData or AuthEnvelopedData
            : part.ContentType["smime-type"]?.Contains("enveloped", StringComparison.OrdinalIgnoreCase) == true;
    }

    /// <summary>The MIME entity within signed data (RFC 5652 §5.1, §5.2), or null.</summary>
    public static byte[]? SignedContent(MimePart part)
    {
        try
        {
            var info = new AsnReader(part.Decode(), AsnEncodingRules.BER).ReadSequence();
            if (info.ReadObjectIdentifier() is not SignedData) return null;
            var signed = info.ReadSequence(Explicit).ReadSequence();
            signed.ReadInteger(); // version
            signed.ReadSetOf(); // digest algorithms
            var content = signed.ReadSequence();
            content.ReadObjectIdentifier();
            return content.HasData ? content.ReadSequence(Explicit).ReadOctetString() : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static readonly Asn1Tag Explicit = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>Null when it is no CMS, or breaks off: only the first octets are looked at.</summary>
    private static string? TypeOf(ReadOnlyMemory<byte> content)
    {
        try
        {
            return new AsnReader(content, AsnEncodingRules.BER).ReadSequence().ReadObjectIdentifier();
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
