using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MailDesk.Mail.Sandbox;

/// <summary>All accounts of the sandbox. The set of accounts never changes while it runs.</summary>
internal sealed class SandboxStore : IDisposable
{
    private readonly Dictionary<string, MailAccount> _accounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly FileStream? _folderLock;
    private readonly string? _token;

    /// <exception cref="IOException">The folder cannot be used, or another server uses it.</exception>
    public SandboxStore(SandboxOptions options, TimeProvider time)
    {
        _token = options.Token;
        if (options.Folder is { } folder)
        {
            Directory.CreateDirectory(folder);
            _folderLock = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }

        foreach (var account in options.Accounts)
        {
            var own = options.Folder is null ? null : Path.Combine(options.Folder, Uri.EscapeDataString(account.Address.ToLowerInvariant()));
            _accounts.Add(Key(account.Address), new MailAccount(account, own, time));
        }
    }

    /// <summary>The account with this user name and password, or null.</summary>
    public MailAccount? Authenticate(string userName, string password)
    {
        var account = _accounts.GetValueOrDefault(Key(userName));
        return AreEqual(account?.Password ?? "", password) ? account : null;
    }

    /// <summary>The account with this user name, or null when the token is not the one of this server.</summary>
    public MailAccount? AuthenticateByToken(string userName, string token) =>
        _token is not null && AreEqual(_token, token) ? _accounts.GetValueOrDefault(Key(userName)) : null;

    /// <summary>The domain of other letters and its A-labels (RFC 5890 §2.3.2.1) are one domain.</summary>
    private static string Key(string address)
    {
        var at = address.LastIndexOf('@');
        if (at < 0 || Ascii.IsValid(address.AsSpan(at))) return address;
        try
        {
            return string.Concat(address.AsSpan(0, at + 1), new IdnMapping().GetAscii(address, at + 1));
        }
        catch (ArgumentException)
        {
            return address; // no domain, and so nobody's
        }
    }

    private static bool AreEqual(string expected, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));

    /// <summary>The account that mail for <paramref name="address"/> goes to; <c>support+anything@</c> goes to <c>support@</c> (RFC 5233).</summary>
    public MailAccount? Recipient(string address)
    {
        address = Key(address);
        if (_accounts.TryGetValue(address, out var account)) return account;
        var at = address.LastIndexOf('@');
        var plus = address.IndexOf('+', StringComparison.Ordinal);
        return plus > 0 && plus < at ? _accounts.GetValueOrDefault(address[..plus] + address[at..]) : null;
    }

    public void Dispose()
    {
        foreach (var account in _accounts.Values) account.Close();
        _folderLock?.Dispose();
    }
}
