namespace MailDesk.Mail.Sandbox;

/// <summary>Flags as clients may set them (RFC 3501 §2.3.2). Compared without regard to case.</summary>
internal static class MessageFlags
{
    private const int MaxFlags = 100;

    public static IReadOnlyList<string> System { get; } = ["\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft"];

    /// <summary>Reads a list of flags, or in STORE also a bare sequence of them; \Recent is nobody's to set and passed over.</summary>
    public static string[] Read(ImapArguments arguments, bool mayBeBare)
    {
        var flags = new List<string>();
        if (!mayBeBare || arguments.IsNext('(')) flags = arguments.List(arguments.Flag);
        else
        {
            do flags.Add(arguments.Flag());
            while (arguments.TrySkip(' '));
        }

        return Normalise(flags);
    }

    public static string[] With(this string[] flags, string[] added) => Normalise([.. flags, .. added]);

    public static string[] Without(this string[] flags, string[] removed) => [.. flags.Except(removed, StringComparer.OrdinalIgnoreCase)];

    private static string[] Normalise(IEnumerable<string> flags)
    {
        string[] distinct = [.. flags
            .Where(f => !f.Equals("\\Recent", StringComparison.OrdinalIgnoreCase))
            .Select(f => !f.StartsWith('\\') ? f : System.FirstOrDefault(s => s.Equals(f, StringComparison.OrdinalIgnoreCase))
                ?? throw new ImapSyntaxException($"{f} is not a system flag"))
            .Distinct(StringComparer.OrdinalIgnoreCase)];
        return distinct.Length <= MaxFlags ? distinct : throw new ImapSyntaxException("Too many flags");
    }
}
