using System.CommandLine;
using MailDesk.Templates;
using MailDesk.Worker.Configuration;

namespace MailDesk.Worker.CommandLine;

/// <summary>The commands of the program. Without one it runs the daemon.</summary>
public static class DeskCommandLine
{
    public static RootCommand Create()
    {
        var config = new Option<string?>("--config", "-c")
        {
            Description = $"JSON file with the settings, over the shipped ones (or the variable {SettingsLoader.FileVariable})",
            Recursive = true,
        };
        var root = new RootCommand("An email-native service desk: watches mailboxes, turns mail into tickets under published rules, answers by mail.") { config };
        root.Subcommands.Add(Verb("run", "Runs the daemon (the default). Example: maildesk run --config /etc/maildesk/maildesk.json", RunCommand.InvokeAsync));
        root.Subcommands.Add(Verb("check", "Checks settings, directory, letters, database and mail servers; exit code 0 when all is well", CheckCommand.InvokeAsync));
        root.Subcommands.Add(Verb("status", "Prints what the database knows: tickets, letters that wait, the last mail", StatusCommand.InvokeAsync));
        root.Subcommands.Add(Verb("migrate", "Brings the database to the current shape and ends", MigrateCommand.InvokeAsync));
        root.Subcommands.Add(WithArgument(
            "preview", "DIR", "the folder; made where it is missing, files of the same names are replaced",
            "Writes every letter in every language as .html, .txt and .eml, and an index.html to look through them. Example: maildesk preview letters",
            PreviewCommand.InvokeAsync));
        root.Subcommands.Add(WithArgument(
            "replay", "ID", "as the letter to the managers, the log and `maildesk status` name the message: mailbox/UIDVALIDITY/UID",
            "Processes a message again that was put aside, after a fix; the daemon may run or not. Example: maildesk replay support@example.com/1/42",
            ReplayCommand.InvokeAsync));
        root.Subcommands.Add(Verb("sandbox", "Runs only the sandbox mail server, for trying mail programs against it", SandboxCommand.InvokeAsync));
        root.Subcommands.Add(Verb("demo", "Plays two requests through the desk in a minute and prints every letter", DemoCommand.InvokeAsync));
        root.SetAction((result, cancellationToken) => InvokeAsync(RunCommand.InvokeAsync, result.GetValue(config), cancellationToken));
        return root;

        Command WithArgument(string name, string argument, string meaning, string description, Func<string, string?, CancellationToken, Task<int>> invoke)
        {
            var value = new Argument<string>(argument) { Description = meaning };
            var command = new Command(name, description) { value };
            command.SetAction((result, cancellationToken) =>
                InvokeAsync((config, stopping) => invoke(result.GetRequiredValue(value), config, stopping), result.GetValue(config), cancellationToken));
            return command;
        }

        Command Verb(string name, string description, Func<string?, CancellationToken, Task<int>> invoke)
        {
            var command = new Command(name, description);
            command.SetAction((result, cancellationToken) => InvokeAsync(invoke, result.GetValue(config), cancellationToken));
            return command;
        }
    }

    /// <summary>What an administrator can mend is told in lines, without a stack.</summary>
    private static async Task<int> InvokeAsync(Func<string?, CancellationToken, Task<int>> invoke, string? config, CancellationToken cancellationToken)
    {
        try
        {
            return await invoke(config, cancellationToken);
        }
        catch (SettingsException e)
        {
            foreach (var problem in e.Problems) await Console.Error.WriteLineAsync(problem);
            return SettingsException.ExitCode;
        }
        catch (TemplateErrorsException e)
        {
            foreach (var error in e.Errors) await Console.Error.WriteLineAsync(error.Message);
            return SettingsException.ExitCode;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
    }
}
