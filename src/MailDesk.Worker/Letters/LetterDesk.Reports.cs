using MailDesk.Domain;
using MailDesk.Domain.Reporting;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Intake;
using MailDesk.Worker.People;
using MailDesk.Worker.Reports;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Letters;

/// <summary>Letters to engineers that are about no request in particular: tables of requests, digests and reports.</summary>
public sealed partial class LetterDesk
{
    public void WriteList(IntakeWork work, Speaker.Staff asker, TicketSection section) =>
        Add(work.Db, null, Answering(work, LetterKind.List, AskerOf(work, asker, null), null) with { Sections = [section] }, work.Now);

    public void WriteSearch(IntakeWork work, Speaker.Staff asker, TicketSection section, SearchReach reach) =>
        Add(work.Db, null, Answering(work, LetterKind.Search, AskerOf(work, asker, null), null) with { Sections = [section], Search = reach }, work.Now);

    /// <summary>A report that was asked for.</summary>
    public void WriteReport(IntakeWork work, Speaker.Staff asker, ReportFigures figures) =>
        Add(work.Db, null, Reporting(Answering(work, LetterKind.MonthlyReport, AskerOf(work, asker, null), null), figures, work.Now), work.Now);

    /// <summary>The report that is due.</summary>
    public void WriteReport(DeskContext db, Engineer manager, ReportFigures figures, DateTimeOffset now) =>
        Add(db, null, Reporting(Blank(LetterKind.MonthlyReport, null, ReaderOf(manager), RequestsMailbox, now), figures, now), now);

    public void WriteDigest(DeskContext db, Engineer engineer, IReadOnlyList<TicketSection> sections, DateTimeOffset now) =>
        Add(db, null, Blank(LetterKind.DailyDigest, null, ReaderOf(engineer), RequestsMailbox, now) with { Sections = sections }, now);

    private string RequestsMailbox => (settings.Mailboxes.Find(m => m.Purpose is MailboxPurpose.Requests) ?? settings.Mailboxes[0]).Address;

    private Letter Reporting(Letter letter, ReportFigures figures, DateTimeOffset now) => letter with
    {
        Report = figures,
        NumberPrefix = settings.Desk.NumberPrefix,
        Attachments = figures.IsEmpty ? [] : ReportTables.Attachments(
            figures, LetterLanguage.Of(letter.Language).Code, _zone, settings.Desk.NumberPrefix, address => directory.FindEngineer(address)?.Name ?? address, now),
    };
}
