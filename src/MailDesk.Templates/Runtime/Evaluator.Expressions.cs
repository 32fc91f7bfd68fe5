using MailDesk.Templates.Functions;
using MailDesk.Templates.Syntax;

namespace MailDesk.Templates.Runtime;

internal sealed partial class Evaluator
{
    public object? Evaluate(Expression expression)
    {
        Spend(expression, 1);
        EnsureStack(expression);
        return expression switch
        {
            Literal literal => literal.Value,
            Variable variable => Get(variable),
            Member member => Get(member),
            Call call => Invoke(call),
            Binary binary => Evaluate(binary),
            Nested nested => Evaluate(nested.Inner),
            Unary unary => Evaluate(unary),
            Conditional conditional => Evaluate(IsTrue(Evaluate(conditional.Condition)) ? conditional.Then : conditional.Else),
            Syntax.Index index => Get(index),
            Include include => Render(include),
            ListLiteral list => new TemplateList(list.Items.Select(Evaluate)),
            ObjectLiteral made => Create(made),
            This => _scopes.Innermost,
            _ => throw Error(expression.Start, "an assignment has no value"),
        };
    }

    private TemplateObject Create(ObjectLiteral literal)
    {
        var made = new TemplateObject();
        foreach (var (name, value) in literal.Members)
        {
            made[name] = Evaluate(value);
        }

        return made;
    }

    private object? Get(Variable variable)
    {
        if (_scopes.TryGet(variable.Name, out var value))
        {
            return Import(variable, value);
        }

        return Options.Strict && variable.Name is not ("$" or "for")
            ? throw Error(variable.Start, $"there is no variable `{variable.Name}`" + Suggestion.For(variable.Name, _scopes.Names))
            : null;
    }

    private object? Get(Member member)
    {
        if (Evaluate(member.Target) is not { } target)
        {
            return member.MayBeNull
                ? null
                : throw Error(member.NameStart, $"`{SourceOf(member.Target)}` is null and has no member `{member.Name}`; `?.` accepts that");
        }

        if (TryGetMember(target, member.Name, out var value))
        {
            return Import(member, value);
        }

        return Options.Strict && !member.MayBeNull
            ? throw Error(member.NameStart, $"`{SourceOf(member.Target)}` has no member `{member.Name}`" + Suggestion.For(member.Name, MembersOf(target)))
            : null;
    }

    public IReadOnlyDictionary<string, object?> Merge(IReadOnlyDictionary<string, object?> target) => _scopes.Merge(target);

    private string SourceOf(Node node) => _template.Source.Text[node.Start..node.End];

    public bool TryGetMember(object target, string name, out object? value)
    {
        value = null;
        switch (target)
        {
            case IReadOnlyDictionary<string, object?> members:
                return _scopes.TryGetMember(members, name, out value);
            case LoopState loop:
                value = loop.Get(name);
                return value is not null;
            case IncludeArguments arguments when arguments.Named.TryGetValue(name, out value):
                return true;
            case IReadOnlyList<object?> items when name is "size":
                value = items.Count;
                return true;
            case string or Markup when name is "size":
                value = target.ToString()!.Length;
                return true;
            case DateTime or DateTimeOffset or TimeSpan:
                value = TimeMembers.Get(target, name);
                return value is not null;
            default:
                return false;
        }
    }

    private IEnumerable<string> MembersOf(object target) => target switch
    {
        IReadOnlyDictionary<string, object?> members => _scopes.Merge(members).Keys,
        LoopState => LoopState.Members,
        DateTime or DateTimeOffset or TimeSpan => TimeMembers.Names(target),
        IReadOnlyList<object?> or string or Markup => ["size"],
        _ => [],
    };

    private object? Get(Syntax.Index index)
    {
        if (Evaluate(index.Target) is not { } target)
        {
            throw Error(index.Target.Start, $"`{SourceOf(index.Target)}` is null and has nothing at an index");
        }

        if (Evaluate(index.Key) is not { } key)
        {
            throw Error(index.Key.Start, "the index is null");
        }

        if (target is IReadOnlyDictionary<string, object?> || (key is string && target is IReadOnlyList<object?>))
        {
            return TryGetMember(target, Text(index.Key, key)!, out var value) ? Import(index, value) : null;
        }

        if (target is not (IReadOnlyList<object?> or string or Markup))
        {
            throw Error(index.Target.Start, $"{Describe(target)} has nothing at an index");
        }

        var items = target as IReadOnlyList<object?>;
        var text = target.ToString()!;
        var length = items?.Count ?? text.Length;
        var at = Integer(index.Key, key);
        at = at < 0 ? at + length : at;
        return at < 0 || at >= length ? null : items is null ? text[at].ToString() : Import(index, items[at]);
    }

    private void Assign(Assignment assignment)
    {
        var value = Evaluate(assignment.Value);
        if (assignment.Operator is { } sign)
        {
            var places = new Places(assignment.Start, assignment.Start, assignment.Start, assignment);
            value = Calculate(sign, Evaluate(assignment.Target), value, places);
        }

        Assign(assignment.Target, value);
    }

    private void Assign(Expression target, object? value)
    {
        switch (target)
        {
            case Variable variable:
                SetVariable(variable.Start, variable.Name, value);
                break;
            case Member { Target: This } member:
                SetVariable(member.NameStart, member.Name, value);
                break;
            case Member member:
                SetMember(member.NameStart, Evaluate(member.Target), member.Name, value);
                break;
            case Syntax.Index index:
                SetItem(index, Evaluate(index.Target), Evaluate(index.Key), value);
                break;
        }
    }

    private void SetVariable(int place, string name, object? value)
    {
        if (!_scopes.TrySet(name, value))
        {
            throw Error(place, $"`{name}` is read-only");
        }
    }

    private void SetMember(int place, object? target, string name, object? value)
    {
        if (target is not IReadOnlyDictionary<string, object?> members)
        {
            throw Error(place, $"{Describe(target)} has no members to assign to");
        }

        _scopes.SetMember(members, name, value);
    }

    private void SetItem(Syntax.Index index, object? target, object? key, object? value)
    {
        if (target is IReadOnlyDictionary<string, object?>)
        {
            SetMember(index.Key.Start, target, Text(index.Key, key) ?? throw Error(index.Key.Start, "the index is null"), value);
            return;
        }

        if (target is not TemplateList items || target is Iterator or IncludeArguments)
        {
            throw Error(index.Target.Start, $"only items of a list that the template made can be assigned, and this is {Describe(target)}");
        }

        var at = Integer(index.Key, key);
        at = at < 0 ? at + items.Count : at;
        if (at < 0)
        {
            throw Error(index.Key.Start, "the index is before the list's beginning");
        }

        Spend(index, Math.Max(0, at - items.Count));
        while (items.Count <= at)
        {
            items.Add(null);
        }

        items[at] = value;
    }

    private object? Invoke(Call call)
    {
        var values = new object?[call.Slots.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = call.Slots[i] is { } argument ? Evaluate(argument) : null;
        }

        try
        {
            return call.Function.Invoke(new Arguments(this, call, values));
        }
        catch (Exception e) when (e is ArgumentException or FormatException or ArithmeticException or InvalidOperationException or NotSupportedException)
        {
            throw Error(call.Start, $"`{call.Function.Name}` failed: {e.Message}");
        }
    }
}
