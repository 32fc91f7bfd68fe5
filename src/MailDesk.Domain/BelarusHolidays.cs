using System.Globalization;

namespace MailDesk.Domain;

/// <summary>The official days off of Belarus that every year has. Transfers of working days are decreed yearly: they are configuration.</summary>
public static class BelarusHolidays
{
    public static bool Contains(DateOnly day) => (day.Month, day.Day) switch
    {
        (1, 1) => true, // New Year
        (1, 2) => day.Year >= 2020, // decree 464 of 17 December 2019
        (1, 7) => true, // Orthodox Christmas
        (3, 8) => true, // Women's Day
        (5, 1) => true, // Labour Day
        (5, 9) => true, // Victory Day
        (7, 3) => true, // Independence Day
        (11, 7) => true, // October Revolution Day
        (12, 25) => true, // Catholic Christmas
        (4 or 5, _) => day == Radunitsa(day.Year),
        _ => false,
    };

    /// <summary>The Tuesday nine days after Orthodox Easter: in April or May.</summary>
    public static DateOnly Radunitsa(int year) => OrthodoxEaster(year).AddDays(9);

    /// <summary>Meeus's rule for the Julian calendar; the date returned is Gregorian.</summary>
    public static DateOnly OrthodoxEaster(int year)
    {
        var moon = ((19 * (year % 19)) + 15) % 30;
        var weekday = ((2 * (year % 4)) + (4 * (year % 7)) - moon + 34) % 7;
        var (month, day) = Math.DivRem(moon + weekday + 114, 31);
        return DateOnly.FromDateTime(new JulianCalendar().ToDateTime(year, month, day + 1, 0, 0, 0, 0));
    }
}
