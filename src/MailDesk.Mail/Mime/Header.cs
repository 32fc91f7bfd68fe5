namespace MailDesk.Mail.Mime;

/// <summary>One header field of a parsed message: a slice of its octets, decoded on request.</summary>
public readonly struct Header
{
    private readonly ReadOnlyMemory<byte> _field;
    private readonly int _nameLength;
    private readonly int _valueStart;

    internal Header(ReadOnlyMemory<byte> field, int nameLength, int valueStart)
    {
        _field = field;
        _nameLength = nameLength;
        _valueStart = valueStart;
    }

    public string Name => System.Text.Encoding.ASCII.GetString(_field.Span[.._nameLength]);

    /// <summary>Unfolded and decoded (RFC 2047, raw 8-bit); free of CR, LF and other control characters.</summary>
    public string Value => EncodedWords.Decode(Text);

    /// <summary>Everything after the colon as it was sent, folding included, without the last line end.</summary>
    public ReadOnlyMemory<byte> RawValue => _field[_valueStart..];

    /// <summary>Unfolded, raw 8-bit octets decoded, encoded-words untouched: what structured fields are parsed from.</summary>
    internal string Text => HeaderText.Unfold(RawValue.Span);

    public override string ToString() => $"{Name}: {Value}";
}
