using MailDesk.Domain;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.People;

/// <summary>
/// Who leaves a client's list leaves the client's open requests (rule 5.7): takes part no longer, and where the request was theirs, a
/// colleague has it from then on. Whom an engineer let in by hand was never on the list, and stays. What an engineer has yet to decide on
/// keeps its asker.
/// </summary>
public static class Departures
{
    /// <param name="client">With its persons as they are from now on; where nobody is left, nobody can take the request over and it stays.</param>
    /// <param name="heirs">Addresses of those who had to do with the removal, the nearest first.</param>
    /// <param name="actor">Who did it: an address, or <see cref="TicketLedger.Desk"/> for the directory file.</param>
    /// <param name="cause">The mail that did it; null for the directory file.</param>
    public static void Apply(DeskContext db, TicketRow request, Client client, IReadOnlyList<string> heirs, string actor, DateTimeOffset now, MailRow? cause)
    {
        foreach (var participant in request.Participants.ToList())
        {
            if (IsOn(client, participant.Address))
            {
                participant.Listed = true;
            }
            else if (participant.Listed)
            {
                request.Participants.Remove(participant);
                Record(TicketEventKind.ParticipantRemoved, null, participant.Address);
            }
        }

        if (IsOn(client, request.RequesterAddress)) request.RequesterListed = true;
        else if (request is { RequesterListed: true, State: not TicketState.Held } && HeirOf(request, client, heirs) is var (address, person)) Inherit(address, person);

        void Inherit(string address, Person person)
        {
            Record(TicketEventKind.RequesterChanged, request.RequesterAddress, address);
            (request.RequesterAddress, request.RequesterName, request.Language) = (address, person.Name, person.Language);
            request.Participants.RemoveAll(p => p.Address.Equals(address, StringComparison.OrdinalIgnoreCase));
        }

        void Record(TicketEventKind kind, string? from, string to)
        {
            request.Version++;
            db.Insert(new EventRow { Ticket = request, At = now, Kind = kind, Actor = actor, From = from, To = to, Mail = cause });
        }
    }

    /// <summary>The same person under another address; who takes part already; who had to do with the removal; the first on the list.</summary>
    private static (string Address, Person Person)? HeirOf(TicketRow request, Client client, IReadOnlyList<string> heirs)
    {
        if (client.Persons.FirstOrDefault(person => person.Name.Equals(request.RequesterName, StringComparison.Ordinal)) is { } same) return (same.Addresses[0], same);
        foreach (var address in request.Participants.Select(p => p.Address).Concat(heirs))
        {
            if (client.Persons.FirstOrDefault(person => person.Has(address)) is { } near) return (address, near);
        }

        return client.Persons is [var first, ..] ? (first.Addresses[0], first) : null;
    }

    private static bool IsOn(Client client, string address) => client.Persons.Any(person => person.Has(address));
}
