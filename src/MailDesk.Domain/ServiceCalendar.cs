namespace MailDesk.Domain;

/// <summary>
/// When time counts. Instants go in and come out in UTC; days and hours are those of <see cref="TimeZone"/>.
/// </summary>
public abstract class ServiceCalendar
{
    private protected ServiceCalendar(TimeZoneInfo timeZone)
    {
        ArgumentNullException.ThrowIfNull(timeZone);
        TimeZone = timeZone;
    }

    public TimeZoneInfo TimeZone { get; }

    /// <summary>The working time of one standard day.</summary>
    public abstract TimeSpan StandardDay { get; }

    /// <summary>Working time lies in intervals that contain their beginning and not their end.</summary>
    public virtual bool IsWorkingTime(DateTimeOffset at) => Elapsed(at, at.AddTicks(1)) > TimeSpan.Zero;

    /// <summary>The earliest instant, not before <paramref name="from"/>, by which the working time has elapsed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative, or the result lies beyond the supported years.</exception>
    public abstract DateTimeOffset Add(DateTimeOffset from, TimeSpan workingTime);

    /// <summary>
    /// Working time between two instants as a stopwatch measures it: an hour that the zone skips does not count, an hour that it repeats
    /// counts twice. Zero where <paramref name="to"/> is not after <paramref name="from"/>.
    /// </summary>
    public abstract TimeSpan Elapsed(DateTimeOffset from, DateTimeOffset to);

    public abstract bool IsWorkingDay(DateOnly day);

    /// <summary>Where the working time of a day begins and ends; null on a day without any.</summary>
    public abstract (DateTimeOffset Start, DateTimeOffset End)? HoursOf(DateOnly day);

    /// <summary>"N standard working days" are N × <see cref="StandardDay"/> of working time: from Monday 15:00, one day is Tuesday 15:00.</summary>
    public DateTimeOffset AddWorkingDays(DateTimeOffset from, int days) => Add(from, StandardDay * days);

    /// <summary>The instant that lies so much working time before; where several do, the earliest.</summary>
    public DateTimeOffset Back(DateTimeOffset to, TimeSpan workingTime)
    {
        // Far enough back at the first or second try: the longest holidays are shorter than what is doubled here.
        for (var span = TimeSpan.FromDays(7) + (workingTime * 4); ; span *= 2)
        {
            var elapsed = Elapsed(to - span, to);
            if (elapsed > workingTime)
                return Add(to - span, elapsed - workingTime);
        }
    }

    /// <summary>The instant at which a clock on the wall of the zone shows this time of this day.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly time) => InstantOf(day.ToDateTime(time));

    /// <summary>The last moment of a day that was promised: the end of its working time, or of the day itself where nobody works.</summary>
    public DateTimeOffset EndOf(DateOnly day) => HoursOf(day)?.End ?? At(day, new TimeOnly(23, 59));

    /// <summary>The instant itself in working time, else the next beginning of working time.</summary>
    public DateTimeOffset NextWorkingTime(DateTimeOffset at) => Add(at, TimeSpan.FromTicks(1)).AddTicks(-1);

    /// <summary>The date in the calendar's zone.</summary>
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(WallAt(at));

    /// <summary>
    /// The day in the course of which something that comes at this instant is processed (rule 5.6): today as long as working time is
    /// left today, else the next working day.
    /// </summary>
    public DateOnly ProcessingDay(DateTimeOffset at) => DayOf(NextWorkingTime(at));

    /// <summary>The first working day after this one.</summary>
    public DateOnly NextWorkingDay(DateOnly day)
    {
        do
        {
            day = day.AddDays(1);
        }
        while (!IsWorkingDay(day));
        return day;
    }

    /// <summary>The earliest instant at which a clock on the wall shows this time of that day, or a later one where daylight saving skips it.</summary>
    public DateTimeOffset InstantOf(DateOnly day, TimeOnly time) => InstantOf(day.ToDateTime(time));

    /// <summary>
    /// The earliest instant at which a clock on the wall shows this time or a later one: the end of the gap for a time that
    /// daylight saving skips, the first of the two for a time that it repeats.
    /// </summary>
    private protected DateTimeOffset InstantOf(DateTime wall)
    {
        var offset = TimeZone.IsAmbiguousTime(wall) ? TimeZone.GetAmbiguousTimeOffsets(wall).Max() : TimeZone.GetUtcOffset(wall);
        var instant = new DateTimeOffset(wall, offset).ToUniversalTime();
        return WallAt(instant) == wall ? instant : EndOfGap(wall);
    }

    // IsInvalidTime knows the gaps of daylight saving only, not those of a zone that moved (Pacific/Apia had no 30 December 2011).
    private DateTimeOffset EndOfGap(DateTime wall)
    {
        // Offsets lie within ±14 hours, so that the end of the gap lies between these two; the clock jumps over `wall` only there.
        var before = new DateTimeOffset(wall, TimeSpan.Zero).AddHours(-15);
        var after = before.AddHours(30);
        while (after - before > TimeSpan.FromTicks(1))
        {
            var middle = before + ((after - before) / 2);
            if (WallAt(middle) >= wall)
                after = middle;
            else
                before = middle;
        }
        return after;
    }

    private DateTime WallAt(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, TimeZone).DateTime;
}
