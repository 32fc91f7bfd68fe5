namespace MailDesk.Mail.Text;

/// <summary>An element, or (with an empty name) a run of text.</summary>
internal sealed class HtmlNode(string name)
{
    private List<(string Name, string Value)>? _attributes;
    private List<HtmlNode>? _children;

    public string Name { get; } = name;

    /// <summary>The characters of a text node; null for an element.</summary>
    public string? Text { get; init; }

    public IReadOnlyList<HtmlNode> Children => _children ?? (IReadOnlyList<HtmlNode>)[];

    /// <summary>On a table: it arranges blocks instead of holding data in rows.</summary>
    public bool IsLayout { get; set; }

    public string? this[string attribute]
    {
        get
        {
            foreach (var (key, value) in _attributes ?? [])
            {
                if (string.Equals(key, attribute, StringComparison.Ordinal)) return value;
            }

            return null;
        }
    }

    public void Add(HtmlNode child) => (_children ??= []).Add(child);

    public void Set(string attribute, string value) => (_attributes ??= []).Add((attribute, value));

    public bool HasClass(string name) =>
        this["class"] is { } list && list.Split(' ', '\t', '\n', '\r').Contains(name, StringComparer.OrdinalIgnoreCase);
}
