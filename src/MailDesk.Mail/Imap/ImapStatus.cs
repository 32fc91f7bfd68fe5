using System.Globalization;
using System.Text;
using MailDesk.Mail.Net;

namespace MailDesk.Mail.Imap;

internal enum ImapCondition
{
    Ok,
    No,
    Bad,
    PreAuth,
    Bye,
}

/// <summary>OK, NO, BAD, PREAUTH or BYE with its response code and words (RFC 9051 §7.1).</summary>
/// <param name="Code">Upper case, such as <c>TRYCREATE</c>, or null.</param>
/// <param name="Arguments">What follows the code within the brackets.</param>
internal sealed record ImapStatus(ImapCondition Condition, string? Code, string Arguments, string Text)
{
    public bool IsOk => Condition == ImapCondition.Ok;

    /// <summary>The server's words, code included.</summary>
    public string Words => Code is null ? Text : $"[{Code}] {Text}";

    public static bool TryParseCondition(ReadOnlySpan<byte> word, out ImapCondition condition)
    {
        ImapCondition? found =
            Ascii.EqualsIgnoreCase(word, "OK"u8) ? ImapCondition.Ok :
            Ascii.EqualsIgnoreCase(word, "NO"u8) ? ImapCondition.No :
            Ascii.EqualsIgnoreCase(word, "BAD"u8) ? ImapCondition.Bad :
            Ascii.EqualsIgnoreCase(word, "BYE"u8) ? ImapCondition.Bye :
            Ascii.EqualsIgnoreCase(word, "PREAUTH"u8) ? ImapCondition.PreAuth : null;
        condition = found ?? default;
        return found is not null;
    }

    /// <param name="text">What follows the condition: <c>[CODE arguments] words</c>.</param>
    public static ImapStatus Parse(ImapCondition condition, ReadOnlySpan<byte> text)
    {
        var close = text.StartsWith((byte)'[') ? text.IndexOf((byte)']') : -1;
        if (close < 0) return new(condition, null, "", ServerWords.Of(text));
        var code = text[1..close];
        var space = code.IndexOf((byte)' ');
        var name = space < 0 ? code : code[..space];
        return new(
            condition,
            ServerWords.Of(name).ToUpperInvariant(),
            space < 0 ? "" : Encoding.UTF8.GetString(code[(space + 1)..]),
            ServerWords.Of(text[(close + 1)..]));
    }

    public bool Is(string code) => string.Equals(Code, code, StringComparison.Ordinal);

    /// <summary>The number that this response code carries, or null when this is another code or no number.</summary>
    public uint? NumberOf(string code) =>
        Is(code) && uint.TryParse(Arguments, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <param name="command">What was asked, for the message; without anything secret.</param>
    /// <exception cref="MailboxException">NO or BAD.</exception>
    public void ThrowUnlessOk(string command)
    {
        if (!IsOk) throw new MailboxException($"{command}: {Words}") { Code = Code };
    }
}
