namespace MailDesk.Mail.Tests.Text;

/// <summary>Replies that others collected, where they exist beside the repository.</summary>
internal static class ReplyCorpus
{
    internal const string Missing = "shared/corpus/replies is not beside the repository";

    internal static string? Folder { get; } = Find();

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "corpus", "replies");
            if (Directory.Exists(path)) return path;
        }

        return null;
    }
}
