namespace MailDesk.Mail.Text;

/// <summary>When a link's address is worth reading beside its text.</summary>
internal static class LinkText
{
    /// <summary>The address to print behind <paramref name="text"/>, or null where the text holds it already or it says nothing.</summary>
    internal static string? Address(string href, string text)
    {
        var address = href.Trim();
        text = text.Trim();
        if (text.Length == 0 || address.Length == 0 || address.AsSpan().ContainsAny('<', '>', '\n')) return null;
        if (address.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase))
        {
            address = Unescape(address["mailto:".Length..].Split('?')[0]);
            return address.Length == 0 || text.Contains(address, StringComparison.OrdinalIgnoreCase) ? null : address;
        }

        var readable = address.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || address.StartsWith("ftp://", StringComparison.OrdinalIgnoreCase);
        return readable && !Bare(text).Equals(Bare(address), StringComparison.OrdinalIgnoreCase) ? address : null;
    }

    private static ReadOnlySpan<char> Bare(string address)
    {
        var bare = address.AsSpan();
        var scheme = bare.IndexOf("://");
        if (scheme is > 0 and < 8) bare = bare[(scheme + 3)..];
        if (bare.StartsWith("www.", StringComparison.OrdinalIgnoreCase)) bare = bare[4..];
        return bare.TrimEnd('/');
    }

    private static string Unescape(string address) => Uri.UnescapeDataString(address);
}
