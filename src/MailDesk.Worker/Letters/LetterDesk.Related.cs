using MailDesk.Domain;
using MailDesk.Worker.People;
using MailDesk.Worker.Storage;
using Microsoft.EntityFrameworkCore;

namespace MailDesk.Worker.Letters;

/// <summary>Letters to engineers about a request that has become theirs, or has grown, by what a colleague did (rules 5.5, 6.1).</summary>
public sealed partial class LetterDesk
{
    /// <summary>Tells the team that a request was routed to anew; whoever has had it before, and whoever routed it, knows it.</summary>
    public async Task WriteReroutedAsync(DeskContext db, TicketRow ticket, Engineer by, LetterMatter matter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var told = await db.Letters.Where(l => l.TicketId == ticket.Id && l.Kind == LetterKind.NewRequest).Select(l => l.Recipient).ToListAsync(cancellationToken);
        foreach (var engineer in _engineers.Of(ticket, LetterKind.NewRequest, now).Where(e => e != by && !told.Contains(e.Address, StringComparer.OrdinalIgnoreCase)))
        {
            Add(db, ticket, About(LetterKind.NewRequest, ticket, ReaderOf(engineer), matter, now), now);
        }
    }

    /// <summary>Tells who is in charge of a request that a colleague has merged another one into it; nobody where nobody is, or where it was themselves.</summary>
    /// <param name="matter">With the words of the one that joined, and that one as <see cref="LetterMatter.Other"/>.</param>
    public void WriteJoined(DeskContext db, TicketRow into, Engineer by, LetterMatter matter, DateTimeOffset now)
    {
        if (into.Engineer is not { } address || directory.FindEngineer(address) is not { } engineer || engineer == by) return;
        Add(db, into, About(LetterKind.ClientWrote, into, ReaderOf(engineer), matter, now), now);
    }
}
