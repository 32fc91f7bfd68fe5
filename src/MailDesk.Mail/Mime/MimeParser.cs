namespace MailDesk.Mail.Mime;

/// <summary>
/// Reads messages (RFC 5322, RFC 2045–2047).
/// <para>Invariants: any octets give a message, never an exception; what is wrong becomes a <see cref="MimeDefect"/>. Time is linear in
/// the octets, memory is bounded by <see cref="MimeLimits"/>, and no recursion follows the input's depth. Structure is found in one
/// pass over the octets; headers and contents are slices of them, decoded when asked for. The octets must not change afterwards.</para>
/// </summary>
public static class MimeParser
{
    public static MailMessage Parse(ReadOnlyMemory<byte> raw, MimeLimits? limits = null) =>
        new StructureParser(raw, limits ?? MimeLimits.Default).Parse();
}
