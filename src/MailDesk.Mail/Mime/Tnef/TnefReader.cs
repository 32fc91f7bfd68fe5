using System.Text;
using MailDesk.Mail.Text;

namespace MailDesk.Mail.Mime.Tnef;

/// <summary>
/// Reads TNEF ([MS-OXTNEF]), what Outlook wraps mail in for Outlook.
/// <para>Invariants: any octets give a content, never an exception; what is wrong is told in <see cref="TnefContent.Damage"/> and what was
/// read until then is kept. Files are slices of the input; time and memory are linear in it, but for the RTF body, which
/// <see cref="CompressedRtf.MaxLength"/> bounds.</para>
/// </summary>
internal sealed class TnefReader
{
    private const uint Signature = 0x223E9F78;
    private const int MaxAttachments = 1000; // MAIL.md §1: parts of one message
    private const int MaxDepth = 8; // messages within messages

    private readonly List<MimePart> _files = [];
    private readonly List<TnefFile> _open = [];
    private readonly Dictionary<ushort, TnefProperty> _message = [];
    private readonly int _depth;
    private ReadOnlyMemory<byte> _body;
    private string _class = "";
    private int _codePage = 1252;
    private string? _damage;

    private TnefReader(int depth) => _depth = depth;

    public static TnefContent Read(ReadOnlyMemory<byte> octets) => new TnefReader(0).ReadStream(octets);

    private TnefContent ReadStream(ReadOnlyMemory<byte> octets)
    {
        var reader = new TnefCursor(octets);
        if (!reader.TryUInt32(out var signature) || signature != Signature || !reader.TrySkip(2)) return new TnefContent(null, null, [], SaysAll: false, "no TNEF");
        while (!reader.AtEnd && _open.Count <= MaxAttachments)
        {
            if (!reader.TrySkip(1) || !reader.TryUInt32(out var attribute) || !reader.TryUInt32(out var length)
                || !reader.TryTake(length, out var data) || !reader.TryUInt16(out var checksum))
            {
                _damage ??= "it ends within an attribute";
                break;
            }

            if (checksum != Sum(data.Span)) _damage ??= "a checksum is wrong";
            ReadAttribute((ushort)attribute, data);
        }

        if (_open.Count > MaxAttachments) _damage = $"more than {MaxAttachments} attachments";
        foreach (var file in _open) Add(file);
        var (text, html) = Bodies();
        return new TnefContent(text, html, _files, IsPlainClass(_class), _damage);
    }

    /// <summary>[MS-OXTNEF] §2.1.3.1.</summary>
    private void ReadAttribute(ushort attribute, ReadOnlyMemory<byte> data)
    {
        switch (attribute)
        {
            case 0x9007: // attOemCodepage
                var number = new TnefCursor(data);
                if (number.TryUInt32(out var codePage) && CharsetLabels.ByCodePage((int)codePage) is not null) _codePage = (int)codePage;
                break;
            case 0x8008: // attMessageClass
                _class = Narrow(data);
                break;
            case 0x800C: // attBody
                _body = data;
                break;
            case 0x9003: // attMsgProps
                if (!TnefProperties.TryRead(data, _message)) _damage ??= "the properties of the message are damaged";
                break;
            case 0x9002: // attAttachRendData begins an attachment
                _open.Add(new TnefFile());
                break;
            case 0x8010 when _open.Count > 0: // attAttachTitle
                _open[^1].Title = Narrow(data);
                break;
            case 0x800F when _open.Count > 0: // attAttachData
                _open[^1].Data = data;
                break;
            case 0x9005 when _open.Count > 0: // attAttachment
                if (!TnefProperties.TryRead(data, _open[^1].Properties)) _damage ??= "the properties of an attachment are damaged";
                break;
        }
    }

    private void Add(TnefFile file)
    {
        var value = file.Properties.GetValueOrDefault((ushort)0x3701); // PidTagAttachData
        var data = value.Value;
        // An object begins with the identifier of its interface; an enclosed message is a TNEF stream of its own behind it (§2.1.3.4).
        if (value.Type == TnefProperty.Object && data.Length >= 16)
        {
            data = data[16..];
            if (new TnefCursor(data).TryUInt32(out var signature) && signature == Signature)
            {
                AddMessage(data, Name(file));
                return;
            }
        }

        if (data.IsEmpty) data = file.Data;
        var name = Name(file);
        if (data.IsEmpty && name is null) return;
        _files.Add(MadePart.File(TextOf(file.Properties, 0x370E), name, TextOf(file.Properties, 0x3712), data)); // PidTagAttachMimeTag, PidTagAttachContentId
    }

    private static string? FirstOf(params ReadOnlySpan<string?> names)
    {
        foreach (var name in names)
        {
            if (!string.IsNullOrWhiteSpace(name)) return name;
        }

        return null;
    }

    /// <summary>PidTagAttachLongFilename, PidTagDisplayName, PidTagAttachFilename; the title is in eight letters and three.</summary>
    private string? Name(TnefFile file) =>
        FirstOf(TextOf(file.Properties, 0x3707), file.Title.Contains('~', StringComparison.Ordinal) ? null : file.Title, TextOf(file.Properties, 0x3001),
            TextOf(file.Properties, 0x3704), file.Title);

    /// <summary>An enclosed message: its text becomes a file, its files stand among the others.</summary>
    private void AddMessage(ReadOnlyMemory<byte> stream, string? name)
    {
        if (_depth >= MaxDepth)
        {
            _damage ??= $"messages nested deeper than {MaxDepth}";
            return;
        }

        var inner = new TnefReader(_depth + 1) { _codePage = _codePage };
        var content = inner.ReadStream(stream);
        _damage ??= content.Damage;
        var subject = FirstOf(inner.TextOf(inner._message, 0x0037), name) ?? "message"; // PidTagSubject
        var file = string.Join('_', subject.Split(['/', '\\', ':', '*', '?', '"', '<', '>', '|']));
        if ((content.Text ?? content.Html) is { } body) _files.Add(MadePart.File(body.ContentType.MediaType, file + (body == content.Text ? ".txt" : ".html"), null, body.RawContent, "utf-8"));
        _files.AddRange(content.Attachments.Take(MaxAttachments - Math.Min(MaxAttachments, _files.Count)));
    }

    /// <summary>HTML as it is, or out of RTF that holds it; plain text as it is, or out of RTF.</summary>
    private (MimePart? Text, MimePart? Html) Bodies()
    {
        var text = FirstOf(TextOf(_message, 0x1000), _body.IsEmpty ? null : Narrow(_body)); // PidTagBody
        var html = FirstOf(HtmlOf(_message.GetValueOrDefault((ushort)0x1013))); // PidTagBodyHtml
        if ((text is null || html is null) && _message.GetValueOrDefault((ushort)0x1009) is { Value.IsEmpty: false } compressed) // PidTagRtfCompressed
        {
            var rtf = CompressedRtf.Decode(compressed.Value.Span, out var damaged);
            if (damaged) _damage ??= "the compressed text is damaged";
            var read = RtfReader.Read(rtf);
            if (read.IsHtml) html ??= FirstOf(read.Text);
            else if (html is null) text ??= FirstOf(read.Text);
        }

        return (text is null ? null : MadePart.Text("plain", text), html is null ? null : MadePart.Text("html", html));
    }

    private string? HtmlOf(TnefProperty property)
    {
        if (property.Type is not TnefProperty.Binary) return TextOf(property);
        var codePage = _message.GetValueOrDefault((ushort)0x3FDE).AsInt32(); // PidTagInternetCodepage
        return CharsetDetector.Decode(property.Value.Span, codePage > 0 ? $"cp{codePage}" : null, out _).TrimEnd('\0');
    }

    private string? TextOf(Dictionary<ushort, TnefProperty> properties, ushort id) => properties.TryGetValue(id, out var property) ? TextOf(property) : null;

    private string? TextOf(TnefProperty property) => property.Type switch
    {
        TnefProperty.Unicode => Encoding.Unicode.GetString(property.Value.Span).TrimEnd('\0'),
        TnefProperty.String8 => Narrow(property.Value),
        _ => null,
    };

    private string Narrow(ReadOnlyMemory<byte> octets) => CharsetDetector.Decode(octets.Span.TrimEnd((byte)0), $"cp{_codePage}", out _);

    /// <summary>Ordinary mail; appointments, tasks and contacts have fields that no text tells. Old names: [MS-OXTNEF] §2.1.3.3.</summary>
    private static bool IsPlainClass(string name) =>
        name.Length == 0 || name.StartsWith("IPM.Note", StringComparison.OrdinalIgnoreCase) || name.StartsWith("IPM.Microsoft Mail.Note", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("REPORT.", StringComparison.OrdinalIgnoreCase) || name.StartsWith("IPM.Microsoft Mail.Non-Delivery", StringComparison.OrdinalIgnoreCase);

    private static ushort Sum(ReadOnlySpan<byte> octets)
    {
        uint sum = 0;
        foreach (var octet in octets) sum += octet;
        return (ushort)sum;
    }

    private sealed class TnefFile
    {
        public string Title { get; set; } = "";

        public ReadOnlyMemory<byte> Data { get; set; }

        public Dictionary<ushort, TnefProperty> Properties { get; } = [];
    }
}
