namespace MailDesk.Mail.Mime;

/// <param name="Name">The decoded display name, or null when there is none.</param>
/// <param name="Address">local@domain, the domain in lower case; just the local part where the sender wrote no more.</param>
public sealed record MailboxAddress(string? Name, string Address)
{
    /// <summary>Parses exactly one address, with or without a display name, and requires a local part and a domain.</summary>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out MailboxAddress? address)
    {
        address = null;
        if (text is null || AddressParser.Parse(HeaderText.Clean(text)) is not [var only]) return false;
        var at = only.Address.LastIndexOf('@');
        if (at <= 0 || at == only.Address.Length - 1) return false;
        address = only;
        return true;
    }

    /// <summary>False for what stands in headers of broken mail and is no address: <see cref="MessageBuilder"/> refuses to write to it.</summary>
    public bool CanBeWritten => HeaderWriter.CanWrite(Address);

    public override string ToString() => Name is null ? Address : $"{Name} <{Address}>";
}
