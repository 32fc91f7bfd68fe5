using MailDesk.Domain;
using MailDesk.Domain.Reporting;
using MailDesk.Worker.Reports;

namespace MailDesk.Worker.Letters;

/// <summary>The samples of letters with tables: lists, searches, digests, reports; part of <see cref="LetterSamples"/>.</summary>
internal static class ReportSamples
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);

    /// <param name="letter">To an engineer.</param>
    public static IEnumerable<(string Name, Letter Letter)> Of(Letter letter, SampleWords words)
    {
        var desk = letter with { Ticket = null, Tag = null, TextToken = null, Subject = "" };
        TicketLine[] lines =
        [
            new("MD-1042", words.Subject, words.Organisation, Priority.High, TicketState.InProgress, words.Engineer, Monday.AddHours(-1), Overdue: true),
            new("MD-1043", words.Subject, words.Organisation, Priority.Low, TicketState.Registered, null, Monday.AddHours(3), Overdue: false),
            new("MD-1044", "", "stranger@elsewhere.example", Priority.Low, TicketState.Held, null, null, Overdue: false),
        ];
        yield return ("list", desk with { Kind = LetterKind.List, Sections = [new(SectionKind.Open, lines, 12)] });
        yield return ("list-empty", desk with { Kind = LetterKind.List, Sections = [new(SectionKind.Mine, [], 0)] });
        yield return ("search", desk with { Kind = LetterKind.Search, Sections = [new(SectionKind.Found, lines, 0)], Search = new("502", null, null) });
        yield return ("search-in-part", desk with { Kind = LetterKind.Search, Sections = [new(SectionKind.Found, [], 0)], Search = new("502 <b>", 20_000, 1000) });
        yield return ("daily-digest", desk with
        {
            Kind = LetterKind.DailyDigest,
            Sections =
            [
                new(SectionKind.Overdue, [lines[0]], 0),
                new(SectionKind.DueToday, [lines[1]], 0),
                new(SectionKind.Mine, [lines[0] with { Number = "MD-1040", DueAt = null, Overdue = false, State = TicketState.WaitingForClient }], 0),
                new(SectionKind.NotTaken, [lines[1]], 0),
                new(SectionKind.Held, [lines[2]], 1),
            ],
        });
        yield return ("monthly-report", desk with { Kind = LetterKind.MonthlyReport, Report = Figures(words) with { Merged = 2, PersonChanges = new(3, 1, 1, 1) } });
        yield return ("monthly-report-attached", desk with
        {
            Kind = LetterKind.MonthlyReport,
            Report = Figures(words) with { Client = words.Organisation, CountedTo = Monday.AddDays(-10) },
            Attachments = ReportTables.Attachments(Figures(words), letter.Language, letter.TimeZone, "MD", address => address, letter.Date),
        });
        yield return ("monthly-report-empty", desk with
        {
            Kind = LetterKind.MonthlyReport,
            Report = FigureCount.Of(ReportPeriod.Of(new DateOnly(2026, 2, 1), WorkingCalendar.Standard), [], new SupportPolicy(), Monday),
        });
    }

    /// <summary>The life of some requests in February, counted as always.</summary>
    private static ReportFigures Figures(SampleWords words)
    {
        var start = new DateTimeOffset(2026, 2, 10, 7, 0, 0, TimeSpan.Zero);
        List<ReportedTicket> tickets = [];
        for (var i = 0; i < 12; i++)
        {
            var at = start.AddDays(i - 12).AddMinutes(i * 7);
            var pace = TimeSpan.FromMinutes(20 + (i * i * 9));
            var priority = (Priority)(1 + (i % 5));
            List<(DateTimeOffset, TicketEvent)> events = [(at, new(TicketEventKind.Registered, To: i == 11 ? nameof(TicketState.Held) : nameof(TicketState.Registered)))];
            if (i < 10)
            {
                events.Add((at + (pace / 3), new(TicketEventKind.Reacted)));
                events.Add((at + (pace / 3), new(TicketEventKind.StateChanged, nameof(TicketState.Registered), nameof(TicketState.InProgress))));
            }

            if (i < 9)
            {
                events.Add((at + pace, new(TicketEventKind.StateChanged, nameof(TicketState.InProgress), nameof(TicketState.Completed))));
                events.Add((at + pace, new(TicketEventKind.Completed, To: i == 4 ? nameof(Outcome.NoAnswerFromClient) : nameof(Outcome.Answered))));
            }

            tickets.Add(new(
                i == 8 ? TicketKind.Complaint : TicketKind.Request, 1030 + i, words.Subject, i == 11 ? null : words.Organisation, (Category)(i % 4), StartsService: false, priority, at, i == 6, events));
        }

        return FigureCount.Of(ReportPeriod.Of(new DateOnly(2026, 2, 1), WorkingCalendar.Standard), tickets, new SupportPolicy(), Monday);
    }
}
