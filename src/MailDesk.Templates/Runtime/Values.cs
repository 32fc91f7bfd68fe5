using System.Collections;

namespace MailDesk.Templates.Runtime;

/// <summary>Text that is HTML already and is written as it is. Exists only while rendering with <see cref="RenderOptions.EscapeHtml"/>.</summary>
internal sealed record Markup(string Html)
{
    public override string ToString() => Html;
}

/// <summary>An object that the template made, or what it wrote over one of the model's.</summary>
internal sealed class TemplateObject() : Dictionary<string, object?>(StringComparer.Ordinal);

/// <summary>A list that the template made. Its items have been imported.</summary>
internal class TemplateList : List<object?>
{
    public TemplateList()
    {
    }

    public TemplateList(IEnumerable<object?> items)
        : base(items)
    {
    }
}

/// <summary>What list functions return; Scriban calls it an iterator, and it cannot be written to.</summary>
internal sealed class Iterator(IEnumerable<object?> items) : TemplateList(items);

/// <summary><c>$</c>: what an include was given; named arguments are members.</summary>
internal sealed class IncludeArguments : TemplateList
{
    public TemplateObject Named { get; } = [];
}

/// <summary><c>from..to</c>, up or down. Takes no memory, however long.</summary>
internal sealed class NumberRange(long from, long to, bool exclusive) : IReadOnlyList<object?>
{
    private readonly long _step = from < to ? 1 : -1;

    /// <summary>At most <see cref="int.MaxValue"/>; no limit allows a loop as long.</summary>
    public int Count { get; } = (int)Int128.Min(Int128.Abs((Int128)to - from) + (exclusive ? 0 : 1), int.MaxValue);

    public object? this[int index] => Number.Fit(from + (_step * index));

    public IEnumerator<object?> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary><c>for</c> in a loop.</summary>
internal sealed class LoopState(IReadOnlyList<object?> items)
{
    public static readonly string[] Members = ["index", "first", "last", "even", "odd", "length", "rindex", "changed"];

    public int Index { get; set; }

    public bool Changed { get; set; }

    public object? Get(string member) => member switch
    {
        "index" => Index,
        "first" => Index == 0,
        "last" => Index == items.Count - 1,
        "even" => Index % 2 == 0,
        "odd" => Index % 2 == 1,
        "length" => items.Count,
        "rindex" => items.Count - Index - 1,
        "changed" => Changed,
        _ => null,
    };
}
