using MailDesk.Worker.People;
using MailDesk.Worker.Tests.EndToEnd;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailDesk.Worker.Tests.People;

public sealed class DirectoryWatchTests
{
    /// <summary>As most editors save: another file is written and renamed.</summary>
    [Fact]
    public async Task A_saved_file_counts_without_a_restart()
    {
        await using var desk = new TestDesk(new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero));
        using var watch = new DirectoryWatch(desk.Get<DirectoryReload>(), desk.Get<PersonRegister>(), desk.Clock, NullLogger<DirectoryWatch>.Instance);
        await watch.StartAsync(TestContext.Current.CancellationToken);

        var text = await File.ReadAllTextAsync(TestDesk.DirectoryFile, TestContext.Current.CancellationToken);
        var beside = $"{desk.Desk.Desk.DirectoryFile}.new";
        await File.WriteAllTextAsync(beside, text.Replace("vera@other.example", "walter@other.example", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        File.Move(beside, desk.Desk.Desk.DirectoryFile, overwrite: true);

        await Patience.UntilAsync("the saved file is in force", () => desk.Get<DeskDirectory>().FindPerson("walter@other.example") is not null);
        await watch.StopAsync(TestContext.Current.CancellationToken);
    }
}
