using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace MailDesk.Mail.Sandbox;

/// <summary>
/// A cursor over one command: the terminals of IMAP's grammar (RFC 3501 §9). Whatever does not fit is an
/// <see cref="ImapSyntaxException"/>.
/// </summary>
internal sealed class ImapArguments(ReadOnlyMemory<byte> text)
{
    private static readonly SearchValues<byte> AtomSpecials = SearchValues.Create([.. "(){ %*\"\\]"u8, .. Controls()]);
    private static readonly SearchValues<byte> AStringSpecials = SearchValues.Create([.. "(){ %*\"\\"u8, .. Controls()]);
    private static readonly SearchValues<byte> ListSpecials = SearchValues.Create([.. "(){ \"\\"u8, .. Controls()]);
    private static readonly SearchValues<byte> TagSpecials = SearchValues.Create([.. "(){ %*\"\\+"u8, .. Controls()]);
    private static readonly SearchValues<byte> SetOctets = SearchValues.Create("0123456789:,*"u8);
    private static readonly SearchValues<byte> WordOctets = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789."u8);

    private int _at;

    /// <summary>Why the command was not read to its end: the answer it gets; null for a whole one.</summary>
    public string? Problem { get; init; }

    public bool EndsSession { get; init; }

    public bool AtEnd => _at >= text.Length;

    public bool IsDigitNext => !AtEnd && char.IsAsciiDigit((char)text.Span[_at]);

    private ReadOnlySpan<byte> Rest => text.Span[_at..];

    public string Tag() => Run(TagSpecials, "a tag");

    public string Atom() => Run(AtomSpecials, "an atom");

    /// <summary>Letters, digits and dots in upper case; may be empty. The names of FETCH, whose brackets are their own grammar.</summary>
    public string Word()
    {
        var length = Rest.IndexOfAnyExcept(WordOctets);
        var word = Encoding.ASCII.GetString(length < 0 ? Rest : Rest[..length]);
        _at += word.Length;
        return word.ToUpperInvariant();
    }

    public string AString() => IsNext('"') || IsNext('{') ? Text(String()) : Run(AStringSpecials, "a string");

    /// <summary>A pattern of LIST: an astring that may hold wildcards.</summary>
    public string ListMailbox() => IsNext('"') || IsNext('{') ? Text(String()) : Run(ListSpecials, "a pattern");

    public string Mailbox() => MailAccount.Canonical(AString());

    public uint Number() => (uint)Number(uint.MaxValue);

    public long Number(long max)
    {
        if (!Utf8Parser.TryParse(Rest, out long number, out var used) || !char.IsAsciiDigit((char)Rest[0]) || number > max) throw Expected("a number");
        _at += used;
        return number;
    }

    /// <summary>Digits, <c>:</c>, <c>,</c> and <c>*</c>.</summary>
    public SequenceSet SequenceSet()
    {
        var length = Rest.IndexOfAnyExcept(SetOctets);
        var set = Sandbox.SequenceSet.Parse(Encoding.ASCII.GetString(length < 0 ? Rest : Rest[..length])) ?? throw Expected("a sequence set");
        _at = length < 0 ? text.Length : _at + length;
        return set;
    }

    /// <summary>A flag or keyword, with its backslash.</summary>
    public string Flag() => TrySkip('\\') ? "\\" + Atom() : Atom();

    /// <summary>A quoted string or a literal.</summary>
    public ReadOnlyMemory<byte> String() => IsNext('{') ? Literal() : Quoted();

    public ReadOnlyMemory<byte> Literal()
    {
        if (!TrySkip('{')) throw Expected("a literal");
        var length = (int)Number(int.MaxValue);
        TrySkip('+');
        if (!Rest.StartsWith("}\r\n"u8) || Rest.Length - 3 < length) throw Expected("a literal");
        var octets = text.Slice(_at + 3, length);
        _at += 3 + length;
        return octets;
    }

    public void Space()
    {
        if (!TrySkip(' ')) throw Expected("a space");
    }

    public void Open()
    {
        if (!TrySkip('(')) throw Expected("(");
    }

    public void Close()
    {
        if (!TrySkip(')')) throw Expected(")");
    }

    public void End()
    {
        while (TrySkip(' '))
        {
            // QUIRK: some clients pad the line
        }

        if (!AtEnd) throw Expected("the end of the command");
    }

    public bool IsNext(char c) => !AtEnd && text.Span[_at] == c;

    public bool TrySkip(char c)
    {
        if (!IsNext(c)) return false;
        _at++;
        return true;
    }

    /// <summary>Skips ASCII text, whatever its case.</summary>
    public bool TrySkipWord(string word)
    {
        if (Rest.Length < word.Length || !Ascii.EqualsIgnoreCase(Rest[..word.Length], word)) return false;
        _at += word.Length;
        return true;
    }

    /// <summary>The items of a parenthesised list.</summary>
    public List<T> List<T>(Func<T> item)
    {
        Open();
        var items = new List<T>();
        if (TrySkip(')')) return items;
        do items.Add(item());
        while (TrySkip(' '));
        Close();
        return items;
    }

    public ImapSyntaxException Expected(string what) => new($"Expected {what} at octet {_at + 1}");

    private static string Text(ReadOnlyMemory<byte> octets) => Encoding.UTF8.GetString(octets.Span);

    private static byte[] Controls() => [.. Enumerable.Range(0, 32).Select(i => (byte)i), 127];

    private string Run(SearchValues<byte> specials, string what)
    {
        var length = Rest.IndexOfAny(specials);
        if (length < 0) length = Rest.Length;
        if (length == 0) throw Expected(what);
        var run = Encoding.UTF8.GetString(Rest[..length]);
        _at += length;
        return run;
    }

    private ReadOnlyMemory<byte> Quoted()
    {
        if (!TrySkip('"')) throw Expected("a string");
        var content = new ArrayBufferWriter<byte>();
        while (!TrySkip('"'))
        {
            if (TrySkip('\\') && !IsNext('"') && !IsNext('\\')) throw Expected("\\\" or \\\\");
            if (AtEnd || Rest[0] is (byte)'\r' or (byte)'\n') throw Expected("a closing quote");
            content.Write(Rest[..1]);
            _at++;
        }

        return content.WrittenMemory;
    }
}
