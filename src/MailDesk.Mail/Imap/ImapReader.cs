using System.Buffers;
using System.Globalization;
using System.Text;
using MailDesk.Mail.Net;

namespace MailDesk.Mail.Imap;

internal enum ImapTokenKind
{
    /// <summary>The response is over.</summary>
    End,
    Atom,
    Quoted,

    /// <summary>Counted octets follow; they are skipped unless one of the literal methods takes them.</summary>
    Literal,
    Open,
    Close,
}

/// <summary>
/// Cuts what an IMAP server sends into tokens (RFC 9051 §4, §9); knows no semantics.
/// <para>A response is a line, continued after each literal that ends it. <see cref="Value"/> is valid until the next token is
/// read. What a caller leaves unread of a response is skipped, literals included, without being held in memory. Anything outside
/// the grammar is a <see cref="MailConnectionException"/>: nobody knows where the next response would begin.</para>
/// </summary>
internal sealed class ImapReader(MailConnection connection)
{
    /// <summary>Strings other than messages (names, flags, dates) are never this long.</summary>
    private const int MaxStringLength = 64 * 1024;

    private static readonly SearchValues<byte> AtomStops = SearchValues.Create(" ()["u8);

    private ReadOnlyMemory<byte> _line;
    private int _at;
    private int _literal = -1;

    /// <summary>The text of the last atom or quoted string.</summary>
    public ReadOnlyMemory<byte> Value { get; private set; }

    /// <summary>The announced length of the last literal.</summary>
    public int LiteralLength => _literal;

    /// <summary>Skips what is left of the current response and waits for the next one.</summary>
    public async ValueTask NextResponseAsync(TimeSpan? timeout, CancellationToken cancellationToken)
    {
        while (await NextAsync(cancellationToken) != ImapTokenKind.End) { }

        do
        {
            _line = await connection.ReadLineAsync(cancellationToken, timeout);
        }
        while (_line.IsEmpty); // QUIRK: some servers put an empty line after a literal's response
        _at = 0;
    }

    /// <summary>The next token of the current response; a literal that was not taken is skipped first.</summary>
    public ValueTask<ImapTokenKind> NextAsync(CancellationToken cancellationToken) =>
        _literal < 0 ? new(Scan()) : SkipLiteralThenScanAsync(cancellationToken);

    /// <summary>The rest of the line as it is: human-readable text, in which nothing is a literal.</summary>
    public ReadOnlySpan<byte> TakeText()
    {
        var text = _line.Span[_at..].TrimStart((byte)' ');
        _at = _line.Length;
        return text;
    }

    /// <exception cref="MailConnectionException">The literal is longer than <paramref name="limit"/>.</exception>
    public async ValueTask<byte[]> ReadLiteralAsync(long limit, CancellationToken cancellationToken)
    {
        if (_literal > limit) throw Broken($"a literal of {_literal} octets where {limit} are the most");
        var octets = GC.AllocateUninitializedArray<byte>(_literal);
        await connection.ReadExactlyAsync(octets, cancellationToken);
        await ContinueLineAsync(cancellationToken);
        return octets;
    }

    public async ValueTask CopyLiteralAsync(Stream destination, CancellationToken cancellationToken)
    {
        await connection.CopyExactlyAsync(destination, _literal, cancellationToken);
        await ContinueLineAsync(cancellationToken);
    }

    /// <summary>The token just read as a string (nstring, astring); null for NIL.</summary>
    public async ValueTask<string?> ReadStringAsync(ImapTokenKind kind, CancellationToken cancellationToken) => kind switch
    {
        ImapTokenKind.Literal => Encoding.UTF8.GetString(await ReadLiteralAsync(MaxStringLength, cancellationToken)),
        ImapTokenKind.Quoted => Encoding.UTF8.GetString(Value.Span),
        ImapTokenKind.Atom => Is("NIL"u8) ? null : Encoding.UTF8.GetString(Value.Span),
        _ => throw Broken("no string where one belongs"),
    };

    public uint Number(ImapTokenKind kind) =>
        kind is ImapTokenKind.Atom or ImapTokenKind.Quoted && uint.TryParse(Value.Span, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Broken("no number where one belongs");

    /// <summary>Whether the last atom is this word, in any case.</summary>
    public bool Is(ReadOnlySpan<byte> word) => Ascii.EqualsIgnoreCase(Value.Span, word);

    public MailConnectionException Broken(string what) => new($"{connection.Endpoint} sent {what}");

    private async ValueTask<ImapTokenKind> SkipLiteralThenScanAsync(CancellationToken cancellationToken)
    {
        await connection.CopyExactlyAsync(Stream.Null, _literal, cancellationToken);
        await ContinueLineAsync(cancellationToken);
        return Scan();
    }

    private async ValueTask ContinueLineAsync(CancellationToken cancellationToken)
    {
        _line = await connection.ReadLineAsync(cancellationToken);
        _at = 0;
        _literal = -1;
    }

    private ImapTokenKind Scan()
    {
        var line = _line.Span;
        while (_at < line.Length && line[_at] == ' ') _at++;
        if (_at == line.Length) return ImapTokenKind.End;
        switch (line[_at])
        {
            case (byte)'(':
                _at++;
                return ImapTokenKind.Open;
            case (byte)')':
                _at++;
                return ImapTokenKind.Close;
            case (byte)'"':
                return ScanQuoted(line);
            case (byte)'{':
                return ScanLiteral(line[(_at + 1)..]);
            case (byte)'~' when line[(_at + 1)..].StartsWith((byte)'{'): // literal8, RFC 3516 §4.4
                return ScanLiteral(line[(_at + 2)..]);
            default:
                return ScanAtom(line);
        }
    }

    /// <summary>Wider than RFC 9051's atom: takes flags, and a section in brackets with all that is in it, as one.</summary>
    private ImapTokenKind ScanAtom(ReadOnlySpan<byte> line)
    {
        var start = _at;
        while (true)
        {
            var stop = line[_at..].IndexOfAny(AtomStops);
            _at = stop < 0 ? line.Length : _at + stop;
            if (stop < 0 || line[_at] != '[') break;
            var bracket = line[_at..].IndexOf((byte)']');
            if (bracket < 0) throw Broken("a section without an end");
            _at += bracket + 1;
        }

        Value = _line[start.._at];
        return ImapTokenKind.Atom;
    }

    private ImapTokenKind ScanQuoted(ReadOnlySpan<byte> line)
    {
        var start = _at + 1;
        var length = line[start..].IndexOfAny((byte)'"', (byte)'\\');
        if (length < 0) throw Broken("a quoted string without an end");
        if (line[start + length] == '"')
        {
            Value = _line.Slice(start, length);
            _at = start + length + 1;
            return ImapTokenKind.Quoted;
        }

        var unescaped = new ArrayBufferWriter<byte>(line.Length - start);
        for (var i = start; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                Value = unescaped.WrittenMemory;
                _at = i + 1;
                return ImapTokenKind.Quoted;
            }

            if (line[i] == '\\' && ++i == line.Length) break;
            unescaped.Write(line.Slice(i, 1));
        }

        throw Broken("a quoted string without an end");
    }

    private ImapTokenKind ScanLiteral(ReadOnlySpan<byte> length)
    {
        // QUIRK: a few servers announce with the client's "+" of RFC 7888.
        if (length.EndsWith("+}"u8)) length = length[..^2];
        else if (length.EndsWith((byte)'}')) length = length[..^1];
        else throw Broken("a literal without a length");
        if (!int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out _literal))
        {
            _literal = -1;
            throw Broken($"a literal of {ServerWords.Of(length)} octets");
        }

        _at = _line.Length;
        return ImapTokenKind.Literal;
    }
}
