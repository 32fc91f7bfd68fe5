namespace MailDesk.Templates.Runtime;

/// <summary>
/// Where names are looked up: loops and <c>with</c> from the innermost out, then what the template assigned, then the model.
/// The model is never written to: a member that a template assigns lies over it for the rest of the rendering.
/// </summary>
internal sealed class Scopes(IReadOnlyDictionary<string, object?> model)
{
    /// <param name="Target">Of <c>with</c>; null for a loop.</param>
    private sealed record Scope(IReadOnlyDictionary<string, object?>? Target, string? Variable, LoopState? Loop)
    {
        public object? Value { get; set; }
    }

    private readonly List<Scope> _stack = [];
    private readonly Dictionary<object, TemplateObject> _overlays = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _readOnly = new(StringComparer.Ordinal);
    private TemplateObject _locals = [];
    private int _localBase;

    public TemplateObject Assigned { get; } = [];

    public void EnterLoop(string variable, LoopState state) => _stack.Add(new Scope(Target: null, variable, state));

    public void SetLoopValue(object? value) => _stack[^1].Value = value;

    public void EnterWith(IReadOnlyDictionary<string, object?> target) => _stack.Add(new Scope(target, Variable: null, Loop: null));

    public void Leave() => _stack.RemoveAt(_stack.Count - 1);

    /// <summary>Local names of an include begin empty; returns what <see cref="LeaveInclude"/> puts back.</summary>
    public (TemplateObject Locals, int Base) EnterInclude(TemplateObject locals)
    {
        var outer = (_locals, _localBase);
        (_locals, _localBase) = (locals, _stack.Count);
        return outer;
    }

    public void LeaveInclude((TemplateObject Locals, int Base) outer) => (_locals, _localBase) = outer;

    public bool TryGet(string name, out object? value)
    {
        var local = name[0] == '$';
        for (var i = _stack.Count - 1; i >= (local ? _localBase : 0); i--)
        {
            var scope = _stack[i];
            if (scope.Target is not null ? !local && TryGetMember(scope.Target, name, out value) : TryGetLoop(scope, name, out value))
            {
                return true;
            }
        }

        return local ? _locals.TryGetValue(name, out value) : Assigned.TryGetValue(name, out value) || model.TryGetValue(name, out value);
    }

    private static bool TryGetLoop(Scope scope, string name, out object? value)
    {
        value = name is "for" ? scope.Loop : scope.Value;
        return name is "for" || string.Equals(name, scope.Variable, StringComparison.Ordinal);
    }

    /// <summary>False when the variable is read-only.</summary>
    public bool TrySet(string name, object? value)
    {
        if (_readOnly.Contains(name))
        {
            return false;
        }

        var target = name[0] == '$' ? null : _stack.FindLast(s => s.Target is not null)?.Target;
        if (target is not null)
        {
            SetMember(target, name, value);
        }
        else
        {
            (name[0] == '$' ? _locals : Assigned)[name] = value;
        }

        return true;
    }

    public void SetReadOnly(string name) => _readOnly.Add(name);

    public bool TryGetMember(IReadOnlyDictionary<string, object?> target, string name, out object? value)
    {
        if (_overlays.Count > 0 && _overlays.TryGetValue(target, out var overlay) && overlay.TryGetValue(name, out value))
        {
            return true;
        }

        return target.TryGetValue(name, out value);
    }

    public void SetMember(IReadOnlyDictionary<string, object?> target, string name, object? value)
    {
        if (target is not TemplateObject own && !_overlays.TryGetValue(target, out own!))
        {
            _overlays[target] = own = [];
        }

        own[name] = value;
    }

    /// <summary>The object with all that was assigned to it.</summary>
    public IReadOnlyDictionary<string, object?> Merge(IReadOnlyDictionary<string, object?> target) =>
        _overlays.TryGetValue(target, out var overlay) ? Merge(target, overlay) : target;

    /// <summary><c>this</c>.</summary>
    public IReadOnlyDictionary<string, object?> Innermost =>
        _stack.FindLast(s => s.Target is not null)?.Target is { } target ? Merge(target) : Merge(model, Assigned);

    private static TemplateObject Merge(IReadOnlyDictionary<string, object?> below, TemplateObject above)
    {
        var merged = new TemplateObject();
        foreach (var (name, value) in below.Concat(above))
        {
            merged[name] = value;
        }

        return merged;
    }

    /// <summary>For the "did you mean" of an error.</summary>
    public IEnumerable<string> Names => _stack.SelectMany(s => s.Target?.Keys ?? [s.Variable!]).Concat(_locals.Keys).Concat(Assigned.Keys).Concat(model.Keys);
}
