using System.Globalization;

namespace MailDesk.Mail.Smtp;

/// <summary>What a server said about itself in its answer to EHLO (RFC 5321 §4.1.1.1); nothing after HELO.</summary>
internal sealed record SmtpFeatures
{
    public static SmtpFeatures None { get; } = new();

    public bool StartTls { get; private init; }

    public bool Pipelining { get; private init; }

    public bool EightBitMime { get; private init; }

    public bool SmtpUtf8 { get; private init; }

    /// <summary>The server knows BDAT (RFC 3030).</summary>
    public bool Chunking { get; private init; }

    /// <summary>The server knows the SIZE parameter (RFC 1870).</summary>
    public bool Size { get; private init; }

    /// <summary>In octets; 0 where the server names no limit.</summary>
    public long MaxSize { get; private init; }

    public IReadOnlyList<string> AuthMechanisms { get; private init; } = [];

    /// <param name="lines">The reply's lines; the first one is a greeting.</param>
    public static SmtpFeatures Parse(IReadOnlyList<string> lines)
    {
        var features = None;
        foreach (var line in lines.Skip(1))
        {
            // QUIRK: old Exchange and its imitators write "AUTH=LOGIN".
            var words = line.Replace("AUTH=", "AUTH ", StringComparison.OrdinalIgnoreCase)
                .ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            features = words switch
            {
                ["STARTTLS", ..] => features with { StartTls = true },
                ["PIPELINING", ..] => features with { Pipelining = true },
                ["8BITMIME", ..] => features with { EightBitMime = true },
                ["SMTPUTF8", ..] => features with { SmtpUtf8 = true },
                ["CHUNKING", ..] => features with { Chunking = true },
                ["SIZE", .. var limit] => features with { Size = true, MaxSize = ParseSize(limit) },
                ["AUTH", .. var mechanisms] => features with { AuthMechanisms = [.. features.AuthMechanisms.Union(mechanisms, StringComparer.Ordinal)] },
                _ => features,
            };
        }

        return features;
    }

    private static long ParseSize(string[] limit) =>
        limit is [var octets, ..] && long.TryParse(octets, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0;
}
