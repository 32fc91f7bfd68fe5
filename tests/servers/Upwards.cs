namespace MailDesk.TestServers;

/// <summary>Finds what lies in the repository or beside it, wherever below it the build has put the program.</summary>
internal static class Upwards
{
    /// <param name="relative">A path below the folder of the program or any folder above it; the nearest is taken.</param>
    /// <param name="exists"><see cref="File.Exists"/> or <see cref="Directory.Exists"/>.</param>
    public static string? Find(string relative, Func<string, bool> exists)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, relative);
            if (exists(candidate)) return candidate;
        }

        return null;
    }
}
