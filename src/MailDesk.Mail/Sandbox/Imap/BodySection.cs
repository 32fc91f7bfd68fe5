using System.Globalization;

namespace MailDesk.Mail.Sandbox;

internal enum SectionKind
{
    /// <summary>The whole message, or a part's content.</summary>
    All,
    Header,
    Fields,
    FieldsNot,
    Text,

    /// <summary>A part's own header.</summary>
    Mime,
}

/// <summary>What stands in the brackets of <c>BODY[…]</c> (RFC 3501 §6.4.5, section-spec).</summary>
internal sealed record BodySection(IReadOnlyList<int> Part, SectionKind Kind, IReadOnlyList<string> Names)
{
    public static BodySection Whole { get; } = new([], SectionKind.All, []);

    public static BodySection Read(ImapArguments arguments)
    {
        var words = arguments.Word().Split('.');
        var part = words.TakeWhile(w => w.Length > 0 && char.IsAsciiDigit(w[0])).Select(Number).ToList();
        var kind = string.Join('.', words.Skip(part.Count)) switch
        {
            "" => SectionKind.All,
            "HEADER" => SectionKind.Header,
            "HEADER.FIELDS" => SectionKind.Fields,
            "HEADER.FIELDS.NOT" => SectionKind.FieldsNot,
            "TEXT" => SectionKind.Text,
            "MIME" when part.Count > 0 => SectionKind.Mime,
            _ => throw arguments.Expected("a section"),
        };
        if (kind is not (SectionKind.Fields or SectionKind.FieldsNot)) return new BodySection(part, kind, []);
        arguments.Space();
        return new BodySection(part, kind, arguments.List(arguments.AString));

        int Number(string word) =>
            int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : throw arguments.Expected("a part");
    }

    public override string ToString()
    {
        var name = Kind switch
        {
            SectionKind.All => "",
            SectionKind.Fields => "HEADER.FIELDS",
            SectionKind.FieldsNot => "HEADER.FIELDS.NOT",
            _ => Kind.ToString().ToUpperInvariant(),
        };
        var text = string.Join('.', [.. Part.Select(n => n.ToString(CultureInfo.InvariantCulture)), .. name.Length > 0 ? [name] : Array.Empty<string>()]);
        return Names.Count > 0 ? $"{text} ({string.Join(' ', Names.Select(FieldName))})" : text;
    }

    /// <summary>As an atom, like everybody else: programs that look for it in the answer look for their own spelling.</summary>
    private static string FieldName(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && name.Length > 0 ? name : ImapText.String(name);
}
