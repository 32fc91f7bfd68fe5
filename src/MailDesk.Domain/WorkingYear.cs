namespace MailDesk.Domain;

/// <summary>The working time of one year as disjoint stretches in order, with the work done before each. All in ticks, instants in UTC.</summary>
internal sealed class WorkingYear
{
    private readonly long[] _from;
    private readonly long[] _to;
    private readonly long[] _before;

    public WorkingYear(List<(long From, long To)> stretches)
    {
        _from = [.. stretches.Select(s => s.From)];
        _to = [.. stretches.Select(s => s.To)];
        _before = new long[stretches.Count];
        for (var i = 0; i < _before.Length; i++)
        {
            _before[i] = Total;
            Total += _to[i] - _from[i];
        }
    }

    /// <summary>Working time of the whole year.</summary>
    public long Total { get; }

    /// <summary>Working time of this year that lies before the instant.</summary>
    public long WorkedBefore(long instant)
    {
        var i = LastBelow(_from, instant);
        return i < 0 ? 0 : _before[i] + Math.Min(instant, _to[i]) - _from[i];
    }

    /// <summary>The earliest instant before which this much of the year has been worked; more than nothing, not more than all.</summary>
    public long InstantAfter(long worked)
    {
        var i = LastBelow(_before, worked);
        return _from[i] + worked - _before[i];
    }

    /// <summary>Index of the last element less than the value; -1 where there is none.</summary>
    private static int LastBelow(long[] sorted, long value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value)
                low = middle + 1;
            else
                high = middle;
        }
        return low - 1;
    }
}
