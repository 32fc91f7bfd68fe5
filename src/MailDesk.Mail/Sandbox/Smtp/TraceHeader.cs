using System.Buffers;
using System.Globalization;
using System.Text;
using MailDesk.Mail.Mime;

namespace MailDesk.Mail.Sandbox;

/// <summary>
/// What a receiving server writes at the top of a message: Return-Path and Received (RFC 5321 §4.4) and, for an account that sent in its
/// own name, Authentication-Results (RFC 8601). What arrives under those names and could be taken for ours is removed (RFC 8601 §5).
/// </summary>
/// <param name="User">The authenticated account's address, or null.</param>
/// <param name="Recipient">The recipient where there is only one: several are not told of each other (RFC 5321 §7.2).</param>
internal sealed record TraceHeader(
    string Host, string Id, string Helo, string RemoteAddress, string Protocol, string? User, string Sender, string? Recipient, DateTimeOffset ReceivedAt)
{
    public ReadOnlyMemory<byte> Stamp(ReadOnlyMemory<byte> text, SandboxStore store)
    {
        var message = new ArrayBufferWriter<byte>(text.Length + 512);
        Encoding.UTF8.GetBytes($"Return-Path: <{Sender}>\r\n{AuthenticationResults(text, store)}{Received()}", message);
        var rest = text;
        foreach (var field in RawHeader.Fields(text))
        {
            if (!IsRemoved(field)) message.Write(field.Bytes.Span);
            rest = rest[field.Bytes.Length..];
        }

        message.Write(rest.Span);
        return message.WrittenMemory;
    }

    private string Received()
    {
        var recipient = Recipient is null ? "" : $"\r\n\tfor <{Recipient}>";
        var date = ReceivedAt.ToString("ddd, d MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture);
        return $"Received: from {Helo} ([{RemoteAddress}])\r\n\tby {Host} with {Protocol} id {Id}{recipient};\r\n\t{date}\r\n";
    }

    private string AuthenticationResults(ReadOnlyMemory<byte> text, SandboxStore store)
    {
        if (User is null || SoleAuthor(text) is not { } author || !string.Equals(store.Recipient(author)?.Address, User, StringComparison.Ordinal)) return "";
        var domain = author[(author.LastIndexOf('@') + 1)..];
        return $"Authentication-Results: {Host};\r\n\tauth=pass smtp.auth={User};\r\n\tdmarc=pass header.from={domain}\r\n";
    }

    /// <summary>The one address of the one From field. A second field or address would let one name hide behind another.</summary>
    private static string? SoleAuthor(ReadOnlyMemory<byte> text) =>
        RawHeader.Fields(text).Count(f => f.Is("From")) == 1 && MimeParser.Parse(text).From is [var author] ? author.Address : null;

    private bool IsRemoved(RawField field) =>
        field.Is("Return-Path") || (field.Is("Authentication-Results") && IsOwn(Encoding.UTF8.GetString(field.Value.Span)));

    /// <summary>Whether the value begins with our authserv-id, comments and quotes aside. What cannot be read counts as ours.</summary>
    private bool IsOwn(string value)
    {
        var at = 0;
        var depth = 0;
        for (; at < value.Length && (depth > 0 || char.IsWhiteSpace(value[at]) || value[at] == '('); at++)
        {
            if (value[at] == '\\') at++;
            else if (value[at] == '(') depth++;
            else if (value[at] == ')') depth--;
        }

        var rest = at < value.Length ? value[at..] : "";
        var id = rest.StartsWith('"')
            ? rest[1..].Split('"')[0].Replace("\\", "", StringComparison.Ordinal)
            : rest.Split([';', ' ', '\t', '\r', '\n', '('], 2)[0];
        return id.Length == 0 || id.Equals(Host, StringComparison.OrdinalIgnoreCase);
    }
}
