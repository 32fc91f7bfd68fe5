namespace MailDesk.Mail.Sandbox;

/// <summary>
/// One message in one mailbox. The octets never change. <see cref="Flags"/> and <see cref="IsExpunged"/> are changed under the account's
/// lock only and may be read without it: the array behind <see cref="Flags"/> is replaced, never written to.
/// </summary>
internal sealed class StoredMessage(uint uid, DateTimeOffset internalDate, ReadOnlyMemory<byte> raw, string[] flags)
{
    private volatile string[] _flags = flags;
    private volatile bool _expunged;

    public uint Uid => uid;

    public DateTimeOffset InternalDate => internalDate;

    public ReadOnlyMemory<byte> Raw => raw;

    public string[] Flags
    {
        get => _flags;
        set => _flags = value;
    }

    /// <summary>No longer in the mailbox; sessions that have not been told yet may still read it (RFC 2180 §4.1).</summary>
    public bool IsExpunged
    {
        get => _expunged;
        set => _expunged = value;
    }

    public bool Has(string flag) => Flags.Contains(flag, StringComparer.OrdinalIgnoreCase);
}
