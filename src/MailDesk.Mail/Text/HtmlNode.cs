namespace MailDesk.Mail.Text;

/// <summary>An element, or (with an empty name) a run of text.</summary>
internal sealed class HtmlNode(string name)
{
    private List<(string Name, string Value)>? _attributes;
    private HtmlNode? _first;
    private HtmlNode? _last;
    private HtmlNode? _next;

    public string Name { get; } = name;

    /// <summary>The characters of a text node; null for an element.</summary>
    public string? Text { get; init; }

    /// <summary>In order. A chain through the nodes: most have one child, and a list for it would be larger than both.</summary>
    public Siblings Children => new(_first);

    /// <summary>On a table: it arranges blocks instead of holding data in rows.</summary>
    public bool IsLayout { get; set; }

    public string? this[string attribute]
    {
        get
        {
            if (_attributes is null) return null;
            foreach (var (key, value) in _attributes)
            {
                if (string.Equals(key, attribute, StringComparison.Ordinal)) return value;
            }

            return null;
        }
    }

    /// <param name="child">A new node: it can have one parent only.</param>
    public void Add(HtmlNode child)
    {
        if (_last is null) _first = child;
        else _last._next = child;
        _last = child;
    }

    public void Set(string attribute, string value) => (_attributes ??= []).Add((attribute, value));

    public bool HasClass(string name) =>
        this["class"] is { } list && list.Split(' ', '\t', '\n', '\r').Contains(name, StringComparer.OrdinalIgnoreCase);

    internal struct Siblings(HtmlNode? first)
    {
        private HtmlNode? _following = first;

        public HtmlNode Current { get; private set; } = null!;

        public readonly Siblings GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_following is null) return false;
            Current = _following;
            _following = Current._next;
            return true;
        }
    }
}
