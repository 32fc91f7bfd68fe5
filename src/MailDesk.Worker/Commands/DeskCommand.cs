using MailDesk.Domain;
using MailDesk.Mail.Mime;
using MailDesk.Worker.Letters;
using MailDesk.Worker.People;
using MailDesk.Worker.Security;

namespace MailDesk.Worker.Commands;

/// <summary>A command that an engineer wrote, checked and ready to be carried out (MAIL.md §6). A closed set.</summary>
public abstract record DeskCommand
{
    private DeskCommand() { }

    public sealed record Take : DeskCommand;

    public sealed record Assign(Engineer Assignee) : DeskCommand;

    public sealed record Reply : DeskCommand;

    public sealed record Ask : DeskCommand;

    public sealed record Note : DeskCommand;

    /// <param name="DeliveredBy">"phone" or other means (rule 6.8); null for mail.</param>
    public sealed record Done(string? DeliveredBy) : DeskCommand;

    public sealed record SetPriority(Priority Priority, string? Reason) : DeskCommand;

    public sealed record SetCategory(Category Category, bool StartsService) : DeskCommand;

    /// <param name="Reason">What is waited for (rule 6.7); null when the text below says it.</param>
    public sealed record Wait(string? Reason) : DeskCommand;

    /// <summary>The text says why its execution cannot be guaranteed (rule 6.6).</summary>
    public sealed record Unsupported : DeskCommand;

    public sealed record SetImpact(Impact Impact) : DeskCommand;

    public sealed record SetUrgency(Urgency Urgency) : DeskCommand;

    public sealed record SetService(string Name) : DeskCommand;

    /// <summary>The text, or each part of it between lines of dashes, becomes a request of its own (rule 5.5).</summary>
    public sealed record Split : DeskCommand;

    /// <summary>This request joins <paramref name="Into"/>.</summary>
    public sealed record Merge(TicketNumber Into) : DeskCommand;

    public sealed record Link(TicketNumber To) : DeskCommand;

    /// <summary>The client called (rule 5.3).</summary>
    public sealed record Phone : DeskCommand;

    /// <summary>On whose behalf a request is registered.</summary>
    public sealed record From(MailboxAddress Person) : DeskCommand;

    /// <param name="Client">Whose request it is from now on; null for the sender's own (rule 5.7).</param>
    public sealed record Accept(Client? Client) : DeskCommand;

    public sealed record Reject(string? Reason) : DeskCommand;

    /// <summary>Moves a request into the series of complaints (rule 8.4).</summary>
    public sealed record MakeComplaint : DeskCommand;

    /// <summary>Moves a complaint into the series of requests (rule 8.4).</summary>
    public sealed record MakeRequest : DeskCommand;

    /// <summary>A date is promised (rule 8.3).</summary>
    /// <param name="Time">In the desk's time zone, as <paramref name="Day"/>; null for the end of the working day.</param>
    /// <param name="Words">What the client is told with it; null for the text below.</param>
    public sealed record Promise(DateOnly Day, TimeOnly? Time, string? Words) : DeskCommand;

    /// <param name="Number">Null for the request that the mail belongs to.</param>
    public sealed record History(TicketNumber? Number) : DeskCommand;

    public sealed record List(ListKind Kind) : DeskCommand;

    public sealed record Search(string Words) : DeskCommand;

    /// <param name="Month">Its first day; null for the present month.</param>
    /// <param name="Client">Null for all of them.</param>
    public sealed record Report(DateOnly? Month, Client? Client) : DeskCommand;

    /// <summary>Everything is checked and nothing done.</summary>
    public sealed record Dry : DeskCommand;

    public sealed record Help : DeskCommand;

    /// <summary>Says what becomes of the text below the commands; only one such command fits a mail.</summary>
    public bool UsesText => this is Reply or Ask or Note or Done or Wait or Unsupported or Split or Promise;

    /// <summary>Makes no sense without a text.</summary>
    public bool NeedsText => this is Reply or Ask or Note or Wait { Reason: null } or Unsupported or Split or Promise { Words: null };

    /// <summary>A question to the desk, which need not be about the request that the mail belongs to.</summary>
    public bool IsQuestion => this is Help or History or List or Search or Report;
}

/// <summary>What <c>#list</c> can list.</summary>
public enum ListKind
{
    Open,
    Mine,
    Overdue,
    Waiting,
    Held,
}

/// <summary>One line of the block, and what it means or why it means nothing.</summary>
/// <param name="Command">Null when the line cannot be read.</param>
/// <param name="Error">Null when nothing is wrong.</param>
public sealed record CommandLineRead(string Line, DeskCommand? Command, CommandError? Error = null);

/// <param name="Meaning">What is wrong.</param>
/// <param name="Suggestion">What would be right, ready to be copied; null where nothing comes close.</param>
public sealed record CommandError(TranscriptMeaning Meaning, string? Suggestion = null);

/// <summary>The block at the top of an engineer's new text, and the text below it.</summary>
public sealed record CommandBlock(IReadOnlyList<CommandLineRead> Lines, string Text)
{
    public bool IsValid => Lines.All(line => line.Error is null);

    public IEnumerable<DeskCommand> Commands => Lines.Select(line => line.Command).OfType<DeskCommand>();
}
