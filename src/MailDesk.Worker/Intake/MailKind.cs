namespace MailDesk.Worker.Intake;

/// <summary>What an arrived message turned out to be (MAIL.md §1). Every message ends as exactly one of these.</summary>
public enum MailKind
{
    /// <summary>The same message has been recorded before; no effect.</summary>
    Duplicate,

    /// <summary>Sent by the desk itself; no effect.</summary>
    Own,

    /// <summary>A mail server reports on a letter of the desk (RFC 3464).</summary>
    DeliveryReport,

    /// <summary>Written by a program in answer to mail (RFC 3834); never answered.</summary>
    Automatic,

    /// <summary>From an engineer, authentic: commands and answers.</summary>
    Engineer,

    /// <summary>From a person of the client, in a request.</summary>
    Reply,

    /// <summary>From a person of the client: asks for the letters of a request, and nothing else (MAIL.md §7).</summary>
    AsksHistory,

    /// <summary>From a person of the client: asks what can be done by mail, and nothing else (MAIL.md §7).</summary>
    AsksHelp,

    NewRequest,

    Complaint,

    /// <summary>From somebody who is not served (rule 5.7): recorded, shown to the engineers, waits for them.</summary>
    Held,

    /// <summary>Was held with a request, and dropped by an engineer (MAIL.md §3).</summary>
    Rejected,

    /// <summary>Over a limit of MAIL.md §1.</summary>
    TooLarge,

    /// <summary>Made processing fail again and again; lies in the folder of failed mail.</summary>
    Unprocessable,
}
