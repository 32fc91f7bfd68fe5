using MailDesk.Templates.Syntax;

namespace MailDesk.Templates.Runtime;

internal sealed partial class Evaluator
{
    private enum Flow { Next, Break, Continue }

    private Flow Execute(Block block)
    {
        var outerIndent = _output.Indent;
        var flow = Flow.Next;
        foreach (var (statement, inherits, indent) in block.Steps)
        {
            _output.Indent = inherits ? outerIndent : indent;
            flow = Execute(statement);
            if (flow != Flow.Next)
            {
                break;
            }
        }

        _output.Indent = outerIndent;
        return flow;
    }

    private Flow Execute(Statement statement)
    {
        Spend(statement, 1);
        EnsureStack(statement);
        switch (statement)
        {
            case Text text:
                WriteText(text, text.Value);
                return Flow.Next;
            case Output { Value: Assignment assignment }:
                Assign(assignment);
                return Flow.Next;
            case Output output:
                Write(output, Evaluate(output.Value));
                return Flow.Next;
            case If choice:
                return ExecuteIf(choice);
            case For loop:
                return ExecuteFor(loop);
            case Case choice:
                return ExecuteCase(choice);
            case Capture capture:
                var outer = _output.Begin();
                var flow = Execute(capture.Body);
                Assign(capture.Target, Written(_output.End(outer)));
                return flow;
            case With with:
                return ExecuteWith(with);
            case ReadOnly variable:
                _scopes.SetReadOnly(variable.Name);
                return Flow.Next;
            case Break:
                return Flow.Break;
            case Continue:
                return Flow.Continue;
            default:
                throw new InvalidOperationException($"no way to execute {statement.GetType().Name}");
        }
    }

    private Flow ExecuteIf(If choice)
    {
        foreach (var (condition, body) in choice.Branches)
        {
            if (IsTrue(Evaluate(condition)))
            {
                return Execute(body);
            }
        }

        return choice.Else is null ? Flow.Next : Execute(choice.Else);
    }

    private Flow ExecuteCase(Case choice)
    {
        var value = Evaluate(choice.Value);
        foreach (var (start, values, body) in choice.Whens)
        {
            foreach (var candidate in values)
            {
                var places = new Places(start, start, start, candidate);
                if (Calculate(TokenKind.Equal, value, Evaluate(candidate), places) is true)
                {
                    return Execute(body);
                }
            }
        }

        return choice.Else is null ? Flow.Next : Execute(choice.Else);
    }

    private Flow ExecuteWith(With with)
    {
        if (Evaluate(with.Target) is not { } value || value is not IReadOnlyDictionary<string, object?> target)
        {
            throw Error(with.Target.Start, "`with` needs an object");
        }

        _scopes.EnterWith(target);
        var flow = Execute(with.Body);
        _scopes.Leave();
        return flow;
    }

    private Flow ExecuteFor(For loop)
    {
        if (Evaluate(loop.List) is not { } value)
        {
            // As Scriban has it, null is not even empty: the `else` is for empty lists.
            return Flow.Next;
        }

        var items = Select(loop, List(loop.List, value)!);
        if (items.Count == 0)
        {
            return loop.Else is null ? Flow.Next : Execute(loop.Else);
        }

        var state = new LoopState(items);
        _scopes.EnterLoop(loop.Variable, state);
        for (var i = 0; i < items.Count; i++)
        {
            if (i == Options.LoopLimit)
            {
                throw Error(loop.Start, $"this loop runs more than {Options.LoopLimit} times; `limit:` or `array.limit` can shorten it");
            }

            state.Index = i;
            state.Changed = i == 0 || !Equals(items[i - 1], items[i]);
            _scopes.SetLoopValue(Import(loop.List, items[i]));
            if (Execute(loop.Body) == Flow.Break)
            {
                break;
            }
        }

        _scopes.Leave();
        return Flow.Next;
    }

    /// <summary>First what is left out, then the direction, then how many; a limit of zero is none.</summary>
    private IReadOnlyList<object?> Select(For loop, IReadOnlyList<object?> items)
    {
        var offset = loop.Offset is null ? 0 : Integer(loop.Offset, Evaluate(loop.Offset));
        var limit = loop.Limit is null ? 0 : Integer(loop.Limit, Evaluate(loop.Limit));
        if (offset <= 0 && limit <= 0 && !loop.Reversed)
        {
            return items;
        }

        Spend(loop, items.Count);
        var selected = items.Skip(offset);
        selected = loop.Reversed ? selected.Reverse() : selected;
        return (limit > 0 ? selected.Take(limit) : selected).ToList();
    }
}
