using System.Buffers;
using System.Text;

namespace MailDesk.Mail.Text;

/// <param name="AuthservId">Who says so; empty where the header does not tell.</param>
/// <param name="Method">In lower case: <c>dkim</c>, <c>spf</c>, <c>dmarc</c>.</param>
/// <param name="Result">In lower case: <c>pass</c>, <c>fail</c>, <c>none</c>.</param>
/// <param name="Properties"><c>ptype.property</c> (compared without regard to case) to value; of several, the first.</param>
public sealed record AuthenticationResult(
    string AuthservId, string? Version, string Method, string? MethodVersion, string Result, string? Reason, IReadOnlyDictionary<string, string> Properties);

/// <summary>
/// Reads an Authentication-Results header (RFC 8601 §2.2).
/// <para>Invariants: never throws; linear; comments are no content; a method and its result count only unquoted and at the beginning of
/// their section, so that nothing a sender smuggles into a value or a comment becomes a result.</para>
/// </summary>
public static class AuthenticationResults
{
    private static readonly SearchValues<char> WordEnds = SearchValues.Create(" \t\r\n;=\"(");

    /// <summary>Who speaks in the header, or null where it does not say. <c>none</c> gives no results and yet has a speaker.</summary>
    public static string? AuthservId(string headerValue)
    {
        var section = Sections(headerValue)[0];
        return section is [{ IsEquals: false } id, ..] && section is not [_, { IsEquals: true }, ..] ? id.Text : null;
    }

    /// <returns>The results in their order; empty for <c>none</c> and for what cannot be read.</returns>
    public static IReadOnlyList<AuthenticationResult> Parse(string headerValue)
    {
        var sections = Sections(headerValue);
        var id = AuthservId(headerValue);
        var version = id is not null && sections[0] is [_, { IsWord: true } second, ..] ? second.Text : null;
        List<AuthenticationResult> results = [];
        // QUIRK: Exchange Online writes no authserv-id; its first section is a result already.
        foreach (var section in sections.Skip(id is null ? 0 : 1))
        {
            if (Read(section, id ?? "", version) is { } result) results.Add(result);
        }

        return results;
    }

    private static AuthenticationResult? Read(List<Token> section, string id, string? version)
    {
        if (section is not [{ IsWord: true } name, { IsEquals: true }, { IsWord: true } value, ..]) return null;
        if (section.Count > 3 && section[3] is { Joined: true }) return null; // pass"" or pass=fail: no keyword
        var method = name.Text.Split('/', 2);
        string? reason = null;
        var properties = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 3; i + 2 < section.Count; i++)
        {
            if (section[i] is not { IsWord: true } key || !section[i + 1].IsEquals || section[i + 2].IsEquals) continue;
            var text = Value(section, ref i);
            if (key.Text.Equals("reason", StringComparison.OrdinalIgnoreCase)) reason ??= text;
            else if (key.Text.Contains('.', StringComparison.Ordinal)) properties.TryAdd(key.Text, text);
        }

        return new AuthenticationResult(id, version, Lower(method[0]), method.Length > 1 ? method[1] : null, Lower(value.Text), reason, properties);
    }

    /// <summary>The value of the property whose name is at <paramref name="i"/>: all that stands together, as in <c>"a b"@example.com</c> or <c>b=Ab==</c>.</summary>
    private static string Value(List<Token> section, ref int i)
    {
        i += 2;
        var text = new StringBuilder(section[i].Text);
        while (i + 1 < section.Count && section[i + 1].Joined) text.Append(section[++i].Text);
        return text.ToString();
    }

    private static List<List<Token>> Sections(string value)
    {
        List<List<Token>> sections = [[]];
        var joined = false;
        for (var i = 0; i < value.Length;)
        {
            var c = value[i];
            if (c is ' ' or '\t' or '\r' or '\n' or ';')
            {
                if (c == ';') sections.Add([]);
                i++;
                joined = false;
            }
            else if (c == '(')
            {
                i = SkipComment(value, i);
                joined = false;
            }
            else
            {
                sections[^1].Add(Next(value, ref i, joined));
                joined = true;
            }
        }

        return sections;
    }

    private static Token Next(string value, ref int i, bool joined)
    {
        if (value[i] == '=')
        {
            i++;
            return new Token("=", IsEquals: true, IsWord: false, joined);
        }

        if (value[i] == '"')
        {
            var text = new StringBuilder();
            for (i++; i < value.Length && value[i] != '"'; i++)
            {
                if (value[i] == '\\' && i + 1 < value.Length) i++;
                text.Append(value[i]);
            }

            i++;
            return new Token(text.ToString(), IsEquals: false, IsWord: false, joined);
        }

        var rest = value.AsSpan(i);
        var length = rest.IndexOfAny(WordEnds);
        if (length < 0) length = rest.Length;
        i += length;
        return new Token(rest[..length].ToString(), IsEquals: false, IsWord: true, joined);
    }

    /// <summary>RFC 5322 §3.2.2: comments nest; one that never ends takes the rest with it.</summary>
    private static int SkipComment(string value, int i)
    {
        var depth = 0;
        for (; i < value.Length; i++)
        {
            if (value[i] == '\\') i++;
            else if (value[i] == '(') depth++;
            else if (value[i] == ')' && --depth == 0) return i + 1;
        }

        return value.Length;
    }

#pragma warning disable CA1308 // the registry of methods and results is in lower case
    private static string Lower(string keyword) => keyword.ToLowerInvariant();
#pragma warning restore CA1308

    /// <param name="IsWord">Neither an equals sign nor quoted.</param>
    /// <param name="Joined">Nothing stands between it and the token before.</param>
    private readonly record struct Token(string Text, bool IsEquals, bool IsWord, bool Joined);
}
