using System.Text;
using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Sandbox;

/// <summary>Writes ENVELOPE (RFC 3501 §7.4.2): the header unfolded; names and subjects beyond ASCII stay encoded-words.</summary>
internal static class ImapEnvelope
{
    public static string Of(HeaderList headers)
    {
        var from = Addresses(headers, "From");
        string[] fields =
        [
            Field("Date"), Field("Subject"), from,
            OrFrom("Sender"), OrFrom("Reply-To"), // both fall back to From
            Addresses(headers, "To"), Addresses(headers, "Cc"), Addresses(headers, "Bcc"),
            Field("In-Reply-To"), Field("Message-ID"),
        ];
        return $"({string.Join(' ', fields)})";

        string Field(string name) => ImapText.NString(headers.First(name)?.Text);

        string OrFrom(string name) => Addresses(headers, name) is var own and not "NIL" ? own : from;
    }

    private static string Addresses(HeaderList headers, string name)
    {
        var list = new StringBuilder();
        foreach (var address in headers.All(name).SelectMany(h => AddressParser.Parse(h.Text)))
        {
            var at = address.Address.LastIndexOf('@');
            var (local, host) = at < 0 ? (address.Address, "") : (address.Address[..at], address.Address[(at + 1)..]);
            list.Append('(').AppendJoin(' ', DisplayName(address.Name), "NIL", ImapText.String(local), ImapText.String(host)).Append(')');
        }

        return list.Length == 0 ? "NIL" : $"({list})";
    }

    private static string DisplayName(string? name) =>
        name is null ? "NIL" : ImapText.String(Ascii.IsValid(name) ? name : string.Join(' ', EncodedWordWriter.Encode(name, 75)));
}
