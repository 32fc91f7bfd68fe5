using MailDesk.TestServers;

namespace MailDesk.Mail.Tests.Text;

/// <summary>Replies that others collected, where they exist beside the repository.</summary>
internal static class ReplyCorpus
{
    internal const string Missing = "shared/corpus/replies is not beside the repository";

    internal static string? Folder { get; } = Upwards.Find(Path.Combine("shared", "corpus", "replies"), Directory.Exists);
}
