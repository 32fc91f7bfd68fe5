using MailDesk.Domain;
using MailDesk.Worker.Intake;

namespace MailDesk.Worker.Tests.Conversations;

/// <summary>One thing that a conversation tells. A closed set.</summary>
/// <param name="Line">Where it stands in the file, from 1.</param>
internal abstract record Step(int Line)
{
    /// <summary>Time passes.</summary>
    public sealed record Moment(int Line, DateTimeOffset At) : Step(Line);

    /// <summary>A setting of this desk that differs from the other conversations'; it holds from the beginning.</summary>
    public sealed record Setting(int Line, string Key, string Value) : Step(Line);

    /// <summary>Somebody writes a new mail.</summary>
    public sealed record Writes(int Line, string From, IReadOnlyList<string> To, string Subject, MailOptions Options, string Text) : Step(Line);

    /// <summary>Somebody answers a letter of the desk.</summary>
    /// <param name="To">The letter; the last one that its holder got, where no more is said.</param>
    public sealed record Replies(int Line, string From, LetterName To, MailOptions Options, string Text) : Step(Line);

    /// <summary>Somebody presses a button of a letter, adds <paramref name="Text"/> and sends.</summary>
    public sealed record Presses(int Line, string From, LetterName In, string Button, MailOptions Options, string Text) : Step(Line);

    /// <summary>The last mail is delivered once more.</summary>
    public sealed record ComesAgain(int Line, string? Mailbox) : Step(Line);

    /// <summary>A letter of the desk's own comes to a mailbox of the desk.</summary>
    public sealed record LetterComes(int Line, LetterName Letter, string Mailbox) : Step(Line);

    /// <summary>A mail server says what became of a letter (RFC 3464).</summary>
    public sealed record ReportComes(int Line, LetterName Letter, string Status) : Step(Line);

    /// <summary>The desk has written to each of <paramref name="To"/>.</summary>
    /// <param name="Fragments">What the text says, and with <see cref="Fragment.Absent"/> what it does not.</param>
    public sealed record DeskWrites(int Line, IReadOnlyList<string> To, LetterKind Kind, string? Subject, IReadOnlyList<Fragment> Fragments) : Step(Line);

    /// <summary>What the last mail was recorded as.</summary>
    public sealed record RecordedAs(int Line, MailKind Kind) : Step(Line);

    /// <summary>How a request stands.</summary>
    public sealed record Stands(int Line, string Number, IReadOnlyList<(string Fact, string Value)> Facts) : Step(Line);

    /// <summary>That number has not been given.</summary>
    public sealed record Missing(int Line, string Number) : Step(Line);

    /// <summary>The whole history of a request.</summary>
    public sealed record History(int Line, string Number, string Text) : Step(Line);
}

/// <param name="Holder">Who got it.</param>
/// <param name="Kind">Null for any.</param>
internal sealed record LetterName(string Holder, LetterKind? Kind);

internal sealed record Fragment(string Text, bool Absent);

/// <summary>How a mail is written, where it is not written as most are.</summary>
internal sealed record MailOptions
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public IReadOnlyList<string> Attachments { get; init; } = [];

    public string? Charset { get; init; }

    public string? Subject { get; init; }

    public bool Html { get; init; }

    /// <summary>Without AUTH: no server vouches for the sender.</summary>
    public bool Unauthenticated { get; init; }

    /// <summary>A new mail: no In-Reply-To, no References, no token in the address.</summary>
    public bool WithoutThread { get; init; }

    /// <summary>The letter is not repeated below the answer.</summary>
    public bool WithoutQuotation { get; init; }

    /// <summary>The letter below the answer stands under From:/Sent:, without marks of quotation.</summary>
    public bool LikeOutlook { get; init; }
}
