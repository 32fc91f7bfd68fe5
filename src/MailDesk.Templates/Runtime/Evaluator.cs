using System.Collections;
using System.Net;
using System.Runtime.CompilerServices;
using MailDesk.Templates.Syntax;

namespace MailDesk.Templates.Runtime;

/// <summary>
/// One rendering: walks the tree and writes.
/// - The templates are shared between threads and never written to; all state is here.
/// - Everything that can grow is counted: steps, characters, iterations, includes. What is over its limit ends the rendering.
/// - Whatever goes wrong is a <see cref="TemplateException"/> at the piece of template that did it.
/// - With <see cref="RenderOptions.EscapeHtml"/> a value is escaped when it is written, unless it is <see cref="Markup"/>; captured and
///   included text is, having been escaped on its way.
/// </summary>
internal sealed partial class Evaluator
{
    /// <summary>How many characters cost as much as a node.</summary>
    private const int CharactersPerStep = 64;

    private readonly TemplateSet _set;
    private readonly Scopes _scopes;
    private readonly OutputWriter _output;
    private Template _template;
    private int _includes;
    private long _steps;

    public Evaluator(TemplateSet set, Template template, IReadOnlyDictionary<string, object?> model, RenderOptions options)
    {
        _set = set;
        _template = template;
        _scopes = new Scopes(model);
        _output = new OutputWriter(options.TextLimit);
        Options = options;
    }

    public RenderOptions Options { get; }

    /// <summary>State of <c>array.cycle</c>, by group.</summary>
    public Dictionary<string, int> Cycles { get; } = new(StringComparer.Ordinal);

    public RenderedTemplate Run()
    {
        Execute(_template.Body);
        return new RenderedTemplate(
            _output.ToString(), _scopes.Assigned.ToDictionary(v => v.Key, v => v.Value is Markup markup ? markup.Html : v.Value, StringComparer.Ordinal));
    }

    public TemplateException Error(int offset, string message) => _template.Source.Error(offset, message);

    public void Spend(Node node, long steps)
    {
        _steps += steps;
        if (_steps > Options.StepLimit)
        {
            throw Error(node.Start, $"rendering takes more than {Options.StepLimit} steps; is there a loop in a loop in a loop?");
        }
    }

    /// <summary>To be asked before a string of this length is made.</summary>
    public void SpendText(Node node, long length)
    {
        CheckText(node, length);
        Spend(node, length / CharactersPerStep);
    }

    public void CheckText(Node node, long length)
    {
        if (length > Options.TextLimit)
        {
            throw Error(node.Start, $"this makes a text of more than {Options.TextLimit} characters");
        }
    }

    private void EnsureStack(Node node)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Error(node.Start, "this is nested too deep");
        }
    }

    public string? Text(Node node, object? value)
    {
        try
        {
            var text = Formatter.Format(value is IReadOnlyDictionary<string, object?> target ? _scopes.Merge(target) : value, Options.Culture, Options.TextLimit);
            SpendText(node, text?.Length ?? 0);
            return text;
        }
        catch (InvalidOperationException e)
        {
            throw Error(node.Start, e.Message);
        }
    }

    private void Write(Node node, object? value)
    {
        if (value is null || Text(node, value) is not { } text)
        {
            return;
        }

        WriteText(node, Options.EscapeHtml && value is not Markup ? WebUtility.HtmlEncode(text) : text);
    }

    private void WriteText(Node node, string text)
    {
        SpendText(node, text.Length);
        try
        {
            _output.Write(text);
        }
        catch (InvalidOperationException e)
        {
            throw Error(node.Start, e.Message);
        }
    }

    /// <summary>Text that has been escaped where it had to be.</summary>
    private object Written(string text) => Options.EscapeHtml ? new Markup(text) : text;

    /// <summary>A value of the model as the language knows it.</summary>
    public object? Import(Node node, object? value) => value switch
    {
        null or string or bool or int or long or double or float or decimal => value,
        DateTime or DateTimeOffset or TimeSpan or Markup or LoopState => value,
        IReadOnlyList<object?> or IReadOnlyDictionary<string, object?> => value,
        byte or sbyte or short or ushort => Convert.ToInt32(value, Options.Culture),
        uint number => (long)number,
        ulong and > long.MaxValue => Convert.ToDecimal(value, Options.Culture),
        ulong number => (long)number,
        char letter => letter.ToString(),
        IDictionary<string, object?> members => new Dictionary<string, object?>(members, StringComparer.Ordinal),
        IEnumerable items => new TemplateList(items.Cast<object?>().Select(item => Import(node, item))),
        _ => throw Error(node.Start, $"the model holds a {value.GetType().Name} here, which templates cannot read"),
    };

    /// <summary>Text is a list of its letters, an object one of its members; null is null.</summary>
    public IReadOnlyList<object?>? List(Node node, object? value)
    {
        switch (value)
        {
            case null:
                return null;
            case TemplateList list:
                return list;
            case NumberRange range:
                return range;
            case IReadOnlyList<object?> items:
                Spend(node, items.Count);
                return items.Select(item => Import(node, item)).ToList();
            case IReadOnlyDictionary<string, object?> members:
                Spend(node, members.Count);
                return _scopes.Merge(members).Select(object? (m) => new TemplateObject { ["key"] = m.Key, ["value"] = Import(node, m.Value) }).ToList();
            case string or Markup:
                var text = value.ToString()!;
                Spend(node, text.Length);
                return text.Select(object? (c) => c.ToString()).ToList();
            default:
                throw Error(node.Start, $"a list is needed here, and this is {Describe(value)}");
        }
    }

    public static string Describe(object? value) => value switch
    {
        null => "null",
        string or Markup => "text",
        bool => "a boolean",
        DateTime or DateTimeOffset => "a date",
        TimeSpan => "a time span",
        IReadOnlyDictionary<string, object?> => "an object",
        NumberRange => "a range",
        IEnumerable => "a list",
        _ => "a number",
    };

    private static bool IsTrue(object? value) => value is not (null or false);
}
