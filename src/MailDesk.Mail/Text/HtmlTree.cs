using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
using AngleSharp.Common;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens.Struct;
using AngleSharp.Text;

namespace MailDesk.Mail.Text;

/// <summary>
/// Builds a tree of what AngleSharp's tokenizer finds. AngleSharp's own tree builder follows the HTML standard into its quadratic corners (scope
/// checks, reconstruction of formatting elements) and gives trees as deep as the sender likes, which overflow the stack of whoever walks them.
/// <para>Invariants: linear in the input; no element deeper than <see cref="MaxDepth"/> (deeper ones vanish, their text stays with the
/// ancestor), so that recursion over the tree is safe; scripts, styles and comments are not in it.</para>
/// </summary>
internal sealed class HtmlTree
{
    /// <summary>Thirty quoted replies of Gmail are about 100 deep; nobody writes 256.</summary>
    internal const int MaxDepth = 256;

    private static readonly FrozenSet<string> Void = Set("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr");

    internal static readonly FrozenSet<string> Blocks = Set(
        "address", "article", "aside", "blockquote", "center", "dd", "details", "dir", "div", "dl", "dt", "fieldset", "figure", "figcaption", "footer", "form", "h1", "h2", "h3",
        "h4", "h5", "h6", "header", "hr", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "ul");

    /// <summary>Blocks that do not fit into one cell of a row of data.</summary>
    private static readonly FrozenSet<string> Big = Set("table", "ul", "ol", "blockquote", "pre", "hr", "h1", "h2", "h3", "dl");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Attributes =
        Set("href", "class", "id", "style", "type", "alt", "hidden", "start", "value", "width", "height", "role", "border", "name", "aria-hidden")
            .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Names that mail is full of: one string for each.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Names =
        Set([.. Void, .. Blocks, "html", "head", "body", "title", "style", "a", "b", "em", "font", "i", "s", "small", "span", "strong", "tbody", "td", "th", "thead", "tr", "u", "o:p"])
            .GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly List<HtmlNode> _open = [new("#root")];
    private readonly Stack<(HtmlNode Table, int Blocks)> _tables = new();
    private readonly Dictionary<string, int> _openNames = new(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();
    private int _dropped;

    private HtmlNode Current => _open[^1];

    internal static HtmlNode Parse(string html)
    {
        using var source = new TextSource(new ReadOnlyMemoryTextSource(html));
        using var tokenizer = new HtmlTokenizer(source, HtmlEntityProvider.Resolver)
        {
            SkipComments = true,
            ShouldEmitAttribute = static (ref _, name) => Attributes.Contains(name.Span),
            DisableElementPositionTracking = true,
        };
        var tree = new HtmlTree();
        while (true)
        {
            // A view of the tokenizer's own, good until the next one: most of it is never needed as a string.
            ref var token = ref tokenizer.GetStructToken();
            switch (token.Type)
            {
                case HtmlTokenType.EndOfFile:
                    tree.FlushText();
                    return tree._open[0];
                case HtmlTokenType.Character:
                    tree._text.Append(token.Data.Memory.Span);
                    break;
                case HtmlTokenType.StartTag:
                    var name = Known(Names, token.Name);
                    if (RawMode(name) is { } mode) SkipRaw(tokenizer, name, mode);
                    else tree.Start(name, ref token);
                    break;
                case HtmlTokenType.EndTag:
                    tree.End(Known(Names, token.Name));
                    break;
            }
        }
    }

    private static string Known(FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> names, StringOrMemory name) =>
        names.TryGetValue(name.Memory.Span, out var known) ? known : name.ToString();

    private static HtmlParseMode? RawMode(string name) => name switch
    {
        "script" => HtmlParseMode.Script,
        "style" or "iframe" or "noembed" or "noframes" => HtmlParseMode.Rawtext,
        "title" => HtmlParseMode.RCData,
        _ => null,
    };

    private static void SkipRaw(HtmlTokenizer tokenizer, string name, HtmlParseMode mode)
    {
        tokenizer.State = mode;
        while (true)
        {
            ref var token = ref tokenizer.GetStructToken();
            if (token.Type == HtmlTokenType.EndOfFile) break;
            if (token.Type == HtmlTokenType.EndTag && token.Name.Memory.Span.SequenceEqual(name)) break;
        }

        tokenizer.State = HtmlParseMode.PCData;
    }

    /// <summary>The tokenizer hands out text in pieces, in the worst case in single characters.</summary>
    private void FlushText()
    {
        if (_text.Length == 0) return;
        Current.Add(new HtmlNode("") { Text = _text.ToString() });
        _text.Clear();
    }

    private void Start(string name, ref StructHtmlToken tag)
    {
        FlushText();
        if (name is "html" or "body")
        {
            if (Current.Name is "head") Pop();
            return;
        }

        CloseImplied(name);
        var node = new HtmlNode(name);
        for (var i = 0; i < tag.Attributes.Count; i++) node.Set(Known(Attributes, tag.Attributes[i].Name), tag.Attributes[i].Value.ToString());
        // A bar of a chart is a table too, yet its row stays one of data.
        if (!(name is "table" && node["aria-hidden"] is "true")) Measure(name);
        if (Void.Contains(name))
        {
            Current.Add(node);
            return;
        }

        // <o:p/> and <x/> are start tags in HTML, yet Word means them as XML.
        if (tag.IsSelfClosing && name.Contains(':', StringComparison.Ordinal)) return;
        if (_open.Count >= MaxDepth)
        {
            _dropped++;
            return;
        }

        Current.Add(node);
        _open.Add(node);
        CollectionsMarshal.GetValueRefOrAddDefault(_openNames, name, out _)++;
        if (name is "table") _tables.Push((node, 0));
        if (name is "table" && node["role"] is "presentation") node.IsLayout = true;
    }

    private void End(string name)
    {
        FlushText();
        if (_dropped > 0)
        {
            _dropped--;
            return;
        }

        if (!_openNames.ContainsKey(name))
        {
            if (name is "br" or "p") Current.Add(new HtmlNode(name)); // the HTML standard: these end tags stand for an element
            return;
        }

        Close(Ending.Named, name);
    }

    /// <summary>Closes what the start of an element ends without an end tag.</summary>
    private void CloseImplied(string name)
    {
        if (Blocks.Contains(name))
        {
            if (Current.Name is "head") Pop();
            if (_openNames.ContainsKey("p")) Close(Ending.Paragraph, name);
        }

        switch (name)
        {
            case "li":
                Close(Ending.Item, name);
                break;
            case "dt" or "dd":
                Close(Ending.Term, name);
                break;
            case "td" or "th":
                Close(Ending.Cell, name);
                break;
            case "tr" or "tbody" or "thead" or "tfoot":
                Close(Ending.Row, name);
                break;
            case "a":
                Close(Ending.Link, name);
                break;
        }
    }

    /// <summary>Closes the innermost open element that matches, with all in it, unless a boundary comes first. At most <see cref="MaxDepth"/> steps.</summary>
    private void Close(Ending ending, string name)
    {
        for (var i = _open.Count - 1; i > 0; i--)
        {
            var open = _open[i].Name;
            if (Matches(ending, open, name))
            {
                while (_open.Count > i) Pop();
                return;
            }

            if (IsBoundary(ending, open, name)) return;
        }
    }

    private static bool Matches(Ending ending, string open, string name) => ending switch
    {
        Ending.Paragraph => open is "p",
        Ending.Item => open is "li",
        Ending.Term => open is "dt" or "dd",
        Ending.Cell => open is "td" or "th",
        Ending.Row => open is "tr" || (name is not "tr" && open is "tbody" or "thead" or "tfoot"),
        Ending.Link => open is "a",
        _ => string.Equals(open, name, StringComparison.Ordinal),
    };

    private static bool IsBoundary(Ending ending, string open, string name) => ending switch
    {
        Ending.Paragraph => open is not "p" && (Blocks.Contains(open) || open is "td" or "th"),
        Ending.Item => open is "ul" or "ol" or "td" or "th" or "blockquote",
        Ending.Term => open is "dl" or "td" or "th",
        Ending.Cell => open is "tr" or "table",
        Ending.Row => open is "table",
        Ending.Link => Blocks.Contains(open) || open is "td" or "th",
        _ => name is not ("table" or "tr" or "td" or "th" or "tbody" or "thead" or "tfoot")
            && (open is "td" or "th" or "table" || (!Blocks.Contains(name) && Blocks.Contains(open))),
    };

    /// <summary>What may end an open element: its end tag, or the start of another element.</summary>
    private enum Ending
    {
        Named,
        Paragraph,
        Item,
        Term,
        Cell,
        Row,
        Link,
    }

    private void Pop()
    {
        if (--CollectionsMarshal.GetValueRefOrNullRef(_openNames, Current.Name) == 0) _openNames.Remove(Current.Name);
        if (Current.Name is "table") _tables.Pop();
        _open.RemoveAt(_open.Count - 1);
    }

    /// <summary>Finds out in passing which tables are there for the layout: those with tables, lists or several blocks in a cell.</summary>
    private void Measure(string name)
    {
        if (!_tables.TryPop(out var inner)) return;
        if (name is "td" or "th") inner.Blocks = 0;
        else if (name is "br" || Blocks.Contains(name)) inner.Blocks++;
        if (inner.Blocks > 1 || Big.Contains(name)) inner.Table.IsLayout = true;
        _tables.Push(inner);
    }

    private static FrozenSet<string> Set(params string[] names) => names.ToFrozenSet(StringComparer.Ordinal);
}
