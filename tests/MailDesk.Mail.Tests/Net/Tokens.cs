using MailDesk.Mail.Net;

namespace MailDesk.Mail.Tests.Net;

/// <summary>Gives these tokens, one after the other, and remembers what it was asked. The last one is given again and again.</summary>
internal sealed class Tokens(params string[] tokens) : ITokenProvider
{
    private int _next;

    public List<string?> Refused { get; } = [];

    public Task<string> GetTokenAsync(string? refused, CancellationToken cancellationToken)
    {
        Refused.Add(refused);
        return Task.FromResult(tokens[Math.Min(_next++, tokens.Length - 1)]);
    }
}

internal sealed class NoTokens(Exception why) : ITokenProvider
{
    public Task<string> GetTokenAsync(string? refused, CancellationToken cancellationToken) => Task.FromException<string>(why);
}
