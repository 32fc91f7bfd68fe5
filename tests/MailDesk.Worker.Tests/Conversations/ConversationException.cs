namespace MailDesk.Worker.Tests.Conversations;

/// <summary>The desk did something else than the conversation tells.</summary>
public sealed class ConversationException(string message) : Exception(message);
