namespace MailDesk.Templates.Tests;

/// <summary>The data that all parts share; it lies beside the repository, and may be missing.</summary>
internal static class SharedFolder
{
    /// <summary>Null when there is no such file here.</summary>
    public static string? Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", path);
            if (File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }
}
