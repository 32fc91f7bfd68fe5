using MailDesk.Domain;
using MailDesk.Domain.Reporting;
using MailDesk.Worker.Commands;
using MailDesk.Worker.History;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Reports;

/// <summary>
/// Engineers' questions to the desk (MAIL.md §6): <c>#list</c>, <c>#search</c>, <c>#history</c> and <c>#report</c>. Each is answered by a
/// letter to the asker and to nobody else. Checked first and answered last, so that all or nothing holds for the whole mail.
/// </summary>
public sealed class DeskQuestions(TicketLists lists, TicketSearch search, TicketHistory histories, ReportSource reports, LetterDesk letters, SupportPolicy policy)
{
    /// <summary>Marks the questions that cannot be answered.</summary>
    public async Task<CommandBlock> CheckAsync(CommandBlock block, IntakeWork work, TicketRow? ticket, CancellationToken cancellationToken)
    {
        List<CommandLineRead> lines = [];
        foreach (var line in block.Lines)
        {
            var error = line.Command switch
            {
                DeskCommand.History { Number: null } when ticket is null => new CommandError(TranscriptMeaning.NoRequest, "#history 1042"),
                DeskCommand.History { Number: { } number } when TicketLedger.Find(work.Db, number) is null => new CommandError(TranscriptMeaning.UnknownRequest),
                DeskCommand.Report { Month: { } month } when month > ThisMonth(work) => new CommandError(TranscriptMeaning.MonthAhead, $"#report {ThisMonth(work):yyyy-MM}"),
                _ => null,
            };
            lines.Add(error is null ? line : line with { Error = error });
        }

        return block with { Lines = lines };
    }

    public async Task AnswerAsync(CommandBlock block, IntakeWork work, Speaker.Staff staff, TicketRow? ticket, CancellationToken cancellationToken)
    {
        if (!block.IsValid || block.Commands.Any(command => command is DeskCommand.Dry)) return;
        foreach (var command in block.Commands)
        {
            switch (command)
            {
                case DeskCommand.List list:
                    letters.WriteList(work, staff, await lists.ListAsync(work.Db, list.Kind, staff.Engineer, work.Now, cancellationToken));
                    break;
                case DeskCommand.Search { Words: var words }:
                    var (section, reach) = await search.FindAsync(work.Db, words, work.Now, cancellationToken);
                    letters.WriteSearch(work, staff, section, reach);
                    break;
                case DeskCommand.History { Number: var number }:
                    var of = number is { } n ? TicketLedger.Find(work.Db, n)! : ticket!;
                    letters.WriteHistory(work, staff, of, await histories.CollectAsync(work.Db, of, new HistoryScope(staff.Address, Inner: true), cancellationToken));
                    break;
                case DeskCommand.Report report:
                    var period = ReportPeriod.Of(report.Month ?? ThisMonth(work), policy.StandardTime);
                    letters.WriteReport(work, staff, await reports.FiguresAsync(work.Db, period, report.Client?.Name, work.Now, cancellationToken));
                    break;
            }
        }
    }

    private DateOnly ThisMonth(IntakeWork work)
    {
        var today = policy.StandardTime.DayOf(work.Now);
        return new DateOnly(today.Year, today.Month, 1);
    }
}
