using MailDesk.Domain;
using MailDesk.Worker.Storage;

namespace MailDesk.Worker.History;

/// <summary>What a line of a request's history tells of.</summary>
public enum HistoryKind
{
    /// <summary>A mail of the client's: its new text.</summary>
    Mail,

    /// <summary>A letter of the desk to the client, an engineer's words among them, as it was sent.</summary>
    Letter,

    /// <summary>A note of an engineer's. Inner.</summary>
    Note,

    /// <summary>An automatic mail. Inner.</summary>
    Automatic,

    /// <summary>A line of the append-only record (rules 6.3, 6.4): what changed. Inner.</summary>
    Event,
}

/// <param name="At">UTC.</param>
/// <param name="Author">The writer as people know them; of an event the actor, an address or <see cref="TicketLedger.Desk"/>.</param>
/// <param name="Text">Plain, without any token; null of an event, and where the text was left out for its size.</param>
/// <param name="Files">The names of what was attached.</param>
/// <param name="Letter">Which letter it was; null of anything else.</param>
/// <param name="Event">The record's line; null of anything else.</param>
public sealed record HistoryEntry(
    DateTimeOffset At, HistoryKind Kind, string Author, string? Text, IReadOnlyList<string> Files, LetterKind? Letter = null, EventRow? Event = null);

/// <param name="Entries">Oldest first.</param>
/// <param name="Older">How many entries before these were left out.</param>
public sealed record RequestHistory(IReadOnlyList<HistoryEntry> Entries, int Older);

/// <summary>For whom a history is collected.</summary>
/// <param name="Address">Of several letters that said the same, the one to this address is shown.</param>
/// <param name="OwnOnly">Only what this address wrote and was sent: for a participant who is on no list of the client's.</param>
/// <param name="Inner">Also notes, automatic mail and events: for engineers only.</param>
public sealed record HistoryScope(string Address, bool OwnOnly = false, bool Inner = false);
