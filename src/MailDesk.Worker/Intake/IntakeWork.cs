using MailDesk.Worker.Storage;

namespace MailDesk.Worker.Intake;

/// <summary>The unit of work around one arrived message.</summary>
/// <param name="Record">The message's own row, already added.</param>
/// <param name="Now">UTC; one moment for all that this message causes.</param>
public sealed record IntakeWork(DeskContext Db, IncomingMail Mail, MailRow Record, DateTimeOffset Now);
