using System.Text;

namespace MailDesk.Mail.Mime;

/// <summary>
/// Writes octets one behind the other and counts them. Into an empty destination it counts only: a first pass learns the exact length from the
/// same code that writes in the second.
/// </summary>
internal ref struct OctetWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    /// <summary>What was written, or would have been.</summary>
    public int Length { get; private set; }

    public void Write(byte octet)
    {
        if (Length < _destination.Length) _destination[Length] = octet;
        Length++;
    }

    public void Write(scoped ReadOnlySpan<byte> octets)
    {
        if (!_destination.IsEmpty) octets.CopyTo(_destination[Length..]);
        Length += octets.Length;
    }

    /// <summary>In UTF-8.</summary>
    public void Write(scoped ReadOnlySpan<char> text) =>
        Length += _destination.IsEmpty ? Encoding.UTF8.GetByteCount(text) : Encoding.UTF8.GetBytes(text, _destination[Length..]);
}
