using MailDesk.Worker.Configuration;

namespace MailDesk.Worker.CommandLine;

/// <summary>The settings as every command reads them.</summary>
internal static class Startup
{
    public static string EnvironmentName => Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? "Production";

    /// <exception cref="SettingsException">A problem with the settings.</exception>
    public static (IConfigurationRoot Configuration, DeskSettings Settings) Load(string? config)
    {
        var configuration = SettingsLoader.Read(config, EnvironmentName);
        return (configuration, SettingsLoader.Bind(configuration));
    }
}
