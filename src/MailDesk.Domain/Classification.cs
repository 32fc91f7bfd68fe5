namespace MailDesk.Domain;

/// <summary>What a request is about (rule 3.1).</summary>
public enum Category
{
    Incident,
    TechnicalSupport,
    ServiceChange,
    Service,
}

/// <summary>What an incident or a change does to the client's business: the rows of the matrix (rule 4.1).</summary>
public enum Impact
{
    ServiceDown,
    MajorLoss,
    MinorLoss,
    Planned,
}

/// <summary>How soon the impact becomes serious: the columns of the matrix (rule 4.1).</summary>
public enum Urgency
{
    High,
    Normal,
    Low,
}

/// <summary>Selects the service level (rule 4.2). The numbers are the ones that clients and engineers write.</summary>
public enum Priority
{
    Critical = 1,
    High = 2,
    Medium = 3,
    Low = 4,
    Planned = 5,
}

/// <summary>Requests and complaints have a number series each (rule 8.2).</summary>
public enum TicketKind
{
    Request,
    Complaint,
}
