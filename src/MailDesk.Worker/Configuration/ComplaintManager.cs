using MailDesk.Worker.People;

namespace MailDesk.Worker.Configuration;

/// <summary>Who answers for complaints from their registration (rule 8.2).</summary>
public sealed class ComplaintManager
{
    /// <exception cref="SettingsException">The setting names nobody of the directory.</exception>
    public ComplaintManager(DeskSettings settings, DeskDirectory directory)
    {
        var address = settings.Rules.ComplaintManager;
        if (address.Length == 0) return;
        Address = directory.FindEngineer(address)?.Address
            ?? throw new SettingsException([$"{SettingsLoader.Section}:Rules:ComplaintManager: \"{address}\" is nobody in the directory; give the address of a manager"]);
    }

    /// <summary>Null where nobody is in charge from the beginning and all managers are told.</summary>
    public string? Address { get; }
}
