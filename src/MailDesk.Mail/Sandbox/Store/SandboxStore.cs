using System.Security.Cryptography;
using System.Text;

namespace MailDesk.Mail.Sandbox;

/// <summary>All accounts of the sandbox. The set of accounts never changes while it runs.</summary>
internal sealed class SandboxStore : IDisposable
{
    private readonly Dictionary<string, MailAccount> _accounts = new(StringComparer.OrdinalIgnoreCase);
    private readonly FileStream? _folderLock;

    /// <exception cref="IOException">The folder cannot be used, or another server uses it.</exception>
    public SandboxStore(SandboxOptions options, TimeProvider time)
    {
        if (options.Folder is { } folder)
        {
            Directory.CreateDirectory(folder);
            _folderLock = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }

        foreach (var account in options.Accounts)
        {
            var own = options.Folder is null ? null : Path.Combine(options.Folder, Uri.EscapeDataString(account.Address.ToLowerInvariant()));
            _accounts.Add(account.Address, new MailAccount(account, own, time));
        }
    }

    /// <summary>The account with this user name and password, or null.</summary>
    public MailAccount? Authenticate(string userName, string password)
    {
        var account = _accounts.GetValueOrDefault(userName);
        var expected = Encoding.UTF8.GetBytes(account?.Password ?? "");
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(password)) ? account : null;
    }

    /// <summary>The account that mail for <paramref name="address"/> goes to; <c>support+anything@</c> goes to <c>support@</c> (RFC 5233).</summary>
    public MailAccount? Recipient(string address)
    {
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
