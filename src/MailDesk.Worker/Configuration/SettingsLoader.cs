using MailDesk.Mail.Net;

namespace MailDesk.Worker.Configuration;

/// <summary>Where settings come from, the later over the earlier: the shipped files, the administrator's file, the environment, secret files.</summary>
public static class SettingsLoader
{
    /// <summary>Everything of the desk stands under this key; <c>Serilog</c> stands beside it.</summary>
    public const string Section = "MailDesk";

    /// <summary>Names the administrator's file where the command line does not.</summary>
    public const string FileVariable = "MAILDESK_CONFIG";

    /// <param name="file">The administrator's JSON file; null for the one of <see cref="FileVariable"/>, or none.</param>
    /// <exception cref="SettingsException">The file cannot be read.</exception>
    public static IConfigurationRoot Read(string? file, string environment, IReadOnlyDictionary<string, string?>? over = null)
    {
        var shipped = AppContext.BaseDirectory;
        var builder = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(shipped, "appsettings.json"), optional: true)
            .AddJsonFile(Path.Combine(shipped, $"appsettings.{environment}.json"), optional: true);
        file ??= Environment.GetEnvironmentVariable(FileVariable);
        if (file is not null)
        {
            if (!File.Exists(file)) throw new SettingsException([$"--config: there is no file {Path.GetFullPath(file)}"]);
            builder.AddJsonFile(Path.GetFullPath(file), optional: false);
        }

        builder.AddEnvironmentVariables();
        foreach (var folder in (ReadOnlySpan<string?>)[Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY"), "/run/secrets"])
        {
            // systemd credentials and Docker secrets: MailDesk__Smtp__Password as a file.
            if (Directory.Exists(folder)) builder.AddKeyPerFile(source => (source.FileProvider, source.Optional, source.IgnorePrefix) = (Files(folder), true, "ignore."));
        }

        if (over is not null) builder.AddInMemoryCollection(over);
        try
        {
            return builder.Build();
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or IOException)
        {
            throw new SettingsException([$"{e.Message} {e.InnerException?.Message}".TrimEnd()]);
        }
    }

    /// <exception cref="SettingsException">A setting is unknown, missing or wrong; all problems at once.</exception>
    public static DeskSettings Bind(IConfigurationRoot configuration)
    {
        var section = configuration.GetSection(Section);
        List<string> problems = [.. SettingsCheck.Keys(section, typeof(DeskSettings))];
        if (problems.Count > 0) throw new SettingsException(problems);

        var settings = section.Get<DeskSettings>() ?? new DeskSettings();
        // The binder takes a list without elements for one that is not there.
        if (section["Rules:ReactionWarnings"] is "") settings.Rules.ReactionWarnings = [];
        if (section["Rules:ExecutionWarnings"] is "") settings.Rules.ExecutionWarnings = [];
        if (settings.Desk.DirectoryFile.Length > 0) settings.Desk.DirectoryFile = Beside(configuration, $"{Section}:Desk:DirectoryFile", settings.Desk.DirectoryFile);
        UseTokenFile(settings.Smtp, section.GetSection("Smtp"));
        // A list may skip numbers; its elements keep the order of their keys.
        foreach (var (mailbox, own) in settings.Mailboxes.Zip(section.GetSection("Mailboxes").GetChildren())) UseTokenFile(mailbox.Imap, own.GetSection("Imap"));
        settings.Desk.TemplatesFolder = Path.Combine(AppContext.BaseDirectory, settings.Desk.TemplatesFolder);
        if (settings.Sandbox.Enabled) UseSandbox(settings);
        problems.AddRange(SettingsCheck.Values(settings));
        return problems.Count == 0 ? settings : throw new SettingsException(problems);

        void UseTokenFile(ServerOptions server, IConfigurationSection own)
        {
            if (server.TokenFile.Length > 0) server.TokenFile = Beside(configuration, $"{own.Path}:TokenFile", server.TokenFile);
        }
    }

    /// <summary>Servers that are not named are the sandbox's.</summary>
    private static void UseSandbox(DeskSettings settings)
    {
        foreach (var mailbox in settings.Mailboxes) Fill(mailbox.Imap, settings.Sandbox.ImapPort, mailbox.Address);
        Fill(settings.Smtp, settings.Sandbox.SmtpPort, settings.Mailboxes is [var first, ..] ? first.Address : "");

        void Fill(ServerOptions server, int port, string user)
        {
            if (server.Host.Length > 0) return;
            (server.Host, server.Port, server.Tls, server.User, server.Password) = ("127.0.0.1", port, TlsMode.None, user, settings.Sandbox.Password);
        }
    }

    /// <summary>A path stands relative to the file that says it, or to the shipped files.</summary>
    private static string Beside(IConfigurationRoot configuration, string key, string path)
    {
        var file = configuration.Providers.Reverse().OfType<Microsoft.Extensions.Configuration.Json.JsonConfigurationProvider>()
            .FirstOrDefault(provider => provider.TryGet(key, out _))?.Source;
        var folder = file?.FileProvider?.GetFileInfo(file.Path ?? "").PhysicalPath is { } physical ? Path.GetDirectoryName(physical)! : AppContext.BaseDirectory;
        return Path.Combine(folder, path);
    }

    private static Microsoft.Extensions.FileProviders.PhysicalFileProvider Files(string folder) => new(folder);
}

/// <summary>The settings cannot be used. One line for each problem, naming the key.</summary>
public sealed class SettingsException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>EX_CONFIG of sysexits.h: tells a service manager that trying again is no use.</summary>
    public const int ExitCode = 78;

    public IReadOnlyList<string> Problems { get; } = problems;
}
