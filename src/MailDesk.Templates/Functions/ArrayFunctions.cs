using System.Globalization;
using System.Text;
using MailDesk.Templates.Runtime;

namespace MailDesk.Templates.Functions;

internal static class ArrayFunctions
{
    public static readonly Function[] All =
    [
        new("array.add", "list value", a => Extend(a, [a[1]])),
        new("array.add_range", "list1 list2", a => Concat(a)),
        new("array.compact", "list", a => Iterate(a, list => list.Where(item => item is not null))),
        new("array.concat", "list1 list2", a => Concat(a)),
        new("array.contains", "list item", a => a.List(0)?.Contains(a[1]) ?? false),
        new("array.cycle", "list group?", Cycle),
        new("array.first", "list", a => a.List(0) is { Count: > 0 } list ? list[0] : null),
        new("array.insert_at", "list index value", InsertAt),
        new("array.join", "list delimiter", Join),
        new("array.last", "list", a => a.List(0) is { Count: > 0 } list ? list[^1] : null),
        new("array.limit", "list count", a => Iterate(a, list => list.Take(a.Int(1)))),
        new("array.map", "list member", Map),
        new("array.offset", "list index", a => Iterate(a, list => list.Skip(a.Int(1)))),
        new("array.remove_at", "list index", RemoveAt),
        new("array.reverse", "list", a => Iterate(a, list => list.Reverse()) ?? new Iterator([])),
        new("array.size", "list", a => a.List(0)?.Count ?? 0),
        new("array.sort", "list member?", Sort),
        new("array.uniq", "list", a => Iterate(a, list => list.Distinct())),
    ];

    /// <summary>Null for null.</summary>
    private static Iterator? Iterate(Arguments a, Func<IEnumerable<object?>, IEnumerable<object?>> select)
    {
        if (a.List(0) is not { } list)
        {
            return null;
        }

        a.Reserve(list.Count);
        return new Iterator(select(list));
    }

    private static TemplateList Extend(Arguments a, IReadOnlyList<object?> more)
    {
        var list = a.List(0) ?? [];
        a.Reserve((long)list.Count + more.Count);
        return list is Iterator or NumberRange ? new Iterator([.. list, .. more]) : new TemplateList([.. list, .. more]);
    }

    private static Iterator? Concat(Arguments a)
    {
        var (first, second) = (a.List(0), a.List(1));
        a.Reserve((long)(first?.Count ?? 0) + (second?.Count ?? 0));
        return first is null && second is null ? null : new Iterator([.. first ?? [], .. second ?? []]);
    }

    private static object? Cycle(Arguments a)
    {
        if (a.List(0) is not { Count: > 0 } list)
        {
            return null;
        }

        var group = a.Text(1) ?? JoinItems(a, list, ",");
        var index = a.Evaluator.Cycles.GetValueOrDefault(group) % list.Count;
        a.Evaluator.Cycles[group] = index + 1;
        return list[index];
    }

    private static TemplateList InsertAt(Arguments a)
    {
        var list = a.List(0) ?? [];
        var index = Math.Max(0, a.Int(1));
        a.Reserve(Math.Max((long)list.Count, index));
        var result = new TemplateList(list);
        while (result.Count < index)
        {
            result.Add(null);
        }

        result.Insert(index, a[2]);
        return result;
    }

    private static TemplateList RemoveAt(Arguments a)
    {
        var list = a.List(0) ?? [];
        a.Reserve(list.Count);
        var result = new TemplateList(list);
        var index = a.Int(1) < 0 ? result.Count + a.Int(1) : a.Int(1);
        if (index >= 0 && index < result.Count)
        {
            result.RemoveAt(index);
        }

        return result;
    }

    private static string Join(Arguments a) => a.List(0) is { } list ? JoinItems(a, list, a.Text(1) ?? "") : "";

    private static string JoinItems(Arguments a, IReadOnlyList<object?> list, string delimiter)
    {
        var joined = new StringBuilder();
        for (var i = 0; i < list.Count; i++)
        {
            joined.Append(i == 0 ? "" : delimiter).Append(a.Evaluator.Text(a.NodeOf(0), list[i]));
            a.Check(joined.Length);
        }

        a.Reserve(joined.Length);
        return joined.ToString();
    }

    private static object? MemberOf(Arguments a, object? item, string member, out bool found)
    {
        object? value = null;
        found = item is not null && a.Evaluator.TryGetMember(item, member, out value);
        return a.Import(value);
    }

    private static Iterator Map(Arguments a)
    {
        var list = a[0] is null or System.Collections.IEnumerable and not string ? a.List(0) ?? [] : [a[0]];
        var mapped = new List<object?>();
        foreach (var item in a.Text(1) is null ? [] : list)
        {
            var value = MemberOf(a, item, a.Text(1)!, out var found);
            if (found)
            {
                mapped.Add(value);
            }
        }

        return new Iterator(mapped);
    }

    private static TemplateList Sort(Arguments a)
    {
        var list = a[0] is null or System.Collections.IEnumerable and not string ? a.List(0) ?? [] : [a[0]];
        a.Reserve(list.Count);
        var member = a.Text(1);
        return new TemplateList(list.OrderBy(
            item => string.IsNullOrEmpty(member) ? item : MemberOf(a, item, member, out _),
            Comparer<object?>.Create((x, y) => Compare(x, y, a.Culture))));
    }

    /// <exception cref="InvalidOperationException">These have no order.</exception>
    private static int Compare(object? left, object? right, CultureInfo culture) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        (string or Markup, string or Markup) => culture.CompareInfo.Compare(left.ToString(), right.ToString()),
        _ when left.GetType() == right.GetType() && left is IComparable comparable => comparable.CompareTo(right),
        _ when Number.Rank(left) > 0 && Number.Rank(right) > 0 => Convert.ToDouble(left, culture).CompareTo(Convert.ToDouble(right, culture)),
        _ => throw new InvalidOperationException($"{Evaluator.Describe(left)} and {Evaluator.Describe(right)} cannot be put in order"),
    };
}
