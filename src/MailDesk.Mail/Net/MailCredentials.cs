namespace MailDesk.Mail.Net;

/// <summary>A name, and a password or whoever knows the token of the moment. Prints without secrets, so that they can never reach a log.</summary>
public sealed record MailCredentials(string UserName, string Password)
{
    /// <summary>For servers that take OAuth 2.0 tokens instead of passwords (RFC 7628; Gmail, Exchange Online).</summary>
    /// <exception cref="ArgumentException">The name has control characters, which could pass for the token.</exception>
    public MailCredentials(string userName, ITokenProvider tokens) : this(userName, "")
    {
        if (userName.Any(char.IsControl)) throw new ArgumentException("a control character in the user name", nameof(userName));
        Tokens = tokens;
    }

    /// <summary>Null where the password counts.</summary>
    public ITokenProvider? Tokens { get; }

    public override string ToString() => UserName;

    /// <exception cref="MailConnectionException">No token can be had now: nothing against whatever was to be sent or read.</exception>
    internal async Task<string> GetTokenAsync(string? refused, CancellationToken cancellationToken)
    {
        try
        {
            var token = await Tokens!.GetTokenAsync(refused, cancellationToken);
            // RFC 6750 §2.1 allows fewer characters; what matters is that none of them ends the message.
            return token.Length > 0 && !token.AsSpan().ContainsAnyExceptInRange('!', '~')
                ? token
                : throw new MailConnectionException($"the token for {UserName} is empty or has characters that no token has");
        }
        catch (Exception e) when (e is not (MailConnectionException or OperationCanceledException) || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new MailConnectionException($"no token for {UserName}: {e.Message}", e);
        }
    }
}

/// <summary>Where access tokens of OAuth 2.0 come from. Calls may come from several connections at once.</summary>
public interface ITokenProvider
{
    /// <summary>
    /// A token that is good for now; keeping it until it expires is the provider's business. Whatever it throws counts as "try again later".
    /// </summary>
    /// <param name="refused">
    /// The token that the server has just refused, so that a kept one is not given again; null at first. Asked once a login; the same token
    /// again ends it.
    /// </param>
    Task<string> GetTokenAsync(string? refused, CancellationToken cancellationToken);
}
