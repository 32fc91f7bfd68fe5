using System.Security.Cryptography;
using MailDesk.Worker.Configuration;

namespace MailDesk.Worker.Security;

/// <summary>The key that signs tokens: from the settings, or made once and kept beside the database, readable by its owner only.</summary>
public static class TokenKey
{
    private const int Length = 32;

    /// <exception cref="SettingsException">The file beside the database is no key, or cannot be read or written.</exception>
    public static byte[] Load(DeskSettings settings)
    {
        if (settings.Security.TokenKey.Length > 0) return Convert.FromBase64String(settings.Security.TokenKey);
        var path = Path.ChangeExtension(Path.GetFullPath(settings.Storage.Path), ".key");
        try
        {
            if (!File.Exists(path)) Create(path);
            var key = Convert.FromBase64String(File.ReadAllText(path).Trim());
            if (key.Length >= Length) return key;
            throw new FormatException($"it holds {key.Length} bytes");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new SettingsException([$"{SettingsLoader.Section}:Security:TokenKey: {path} is no key ({e.Message}); restore it from a backup, or set the key here"]);
        }
    }

    private static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, options);
        file.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length)));
    }
}
