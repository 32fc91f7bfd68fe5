using MailDesk.Templates.Syntax;

namespace MailDesk.Templates.Runtime;

internal sealed partial class Evaluator
{
    /// <summary>Globals are shared with the included template; <c>$</c> and the other local names are its own.</summary>
    private object Render(Include include)
    {
        var first = Evaluate(include.Arguments[0].Value);
        var name = Text(include, first) ?? "";
        var target = include.Target ?? _set.Resolve(_template.Source.Name, name)
            ?? throw Error(include.Start, _set.DescribeMissing(_template.Source.Name, name));
        var (arguments, locals) = EvaluateArguments(include, first);
        if (++_includes > Options.IncludeLimit)
        {
            throw Error(include.Start, $"includes are nested more than {Options.IncludeLimit} deep; does `{name}` include itself?");
        }

        locals["$"] = arguments;
        var (outerTemplate, outerLocals) = (_template, _scopes.EnterInclude(locals));
        var (indent, atLineStart) = (_output.Indent, _output.AtLineStart);
        var outer = _output.Begin();
        _template = target;
        _output.AtLineStart = indent is null && atLineStart;
        _output.Indent = null;

        Execute(target.Body);

        (_output.Indent, _output.AtLineStart) = (indent, atLineStart);
        _template = outerTemplate;
        _scopes.LeaveInclude(outerLocals);
        _includes--;
        return Written(_output.End(outer));
    }

    private (IncludeArguments All, TemplateObject Locals) EvaluateArguments(Include include, object? first)
    {
        // `$0` is the template's name, as in Scriban.
        var all = new IncludeArguments { first };
        var locals = new TemplateObject();
        foreach (var (name, _, expression) in include.Arguments.Skip(1))
        {
            var value = Evaluate(expression);
            if (name is null)
            {
                all.Add(value);
            }
            else
            {
                all.Named[name] = value;
                locals["$" + name] = value;
            }
        }

        return (all, locals);
    }
}
