using System.Diagnostics;
using MailDesk.Worker.Hosting;

namespace MailDesk.Worker.Tests.EndToEnd;

/// <summary>A desk that shows an access token instead of a password, to its mailboxes and to the server that takes its letters.</summary>
public sealed class TokenTests
{
    private const string Good = "fresh-token-of-today";
    private const string Expired = "expired-token-of-yesterday";

    [Fact]
    public async Task A_desk_logs_in_with_the_token_that_the_file_holds_by_then()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var site = await MailSite.StartSandboxAsync([], Good);
        using var folder = new DeskFolder(site, withToken: true);
        await using var daemon = await Daemon.StartAsync(folder);
        var anna = new Person(site, "anna@client.example");
        var first = await anna.WriteAsync("support@desk.example", "Subject: by token", "Is anybody there?\n");

        await Patience.UntilAsync("two failures without a file", () => folder.CountInLog("info@desk.example: no token for info@desk.example: ") >= 2);
        Assert.Contains(folder.TokenFile, folder.Log(), StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder.TokenFile, "\n", cancellationToken);
        await Patience.UntilAsync("an empty file", () => folder.CountInLog($"{folder.TokenFile} is empty") >= 2);
        await File.WriteAllTextAsync(folder.TokenFile, Expired, cancellationToken);
        await Patience.UntilAsync("a refused token", () => folder.CountInLog("127.0.0.1 refuses the token of info@desk.example") >= 2);
        await File.WriteAllTextAsync(folder.TokenFile + ".new", Good + "\n", cancellationToken);
        File.Move(folder.TokenFile + ".new", folder.TokenFile, overwrite: true);

        var confirmation = await anna.LetterAsync("the confirmation", letter => letter.InReplyTo.Contains(first));
        Assert.Contains(confirmation.Headers, header => header.Name == "Authentication-Results" && header.Value.Contains("smtp.auth=support@desk.example", StringComparison.Ordinal));
        await folder.QuietAsync(new Person(site, "support@desk.example"), 1);
        Assert.DoesNotContain(Good, folder.Log(), StringComparison.Ordinal);
        Assert.DoesNotContain(Expired, folder.Log(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_tells_of_a_token_file_that_is_missing_or_empty_and_of_a_refused_token()
    {
        await using var site = await MailSite.StartSandboxAsync([], Good);
        using var folder = new DeskFolder(site, withToken: true);
        var smtp = $"SMTP at {site.Smtp}: ";

        var (code, said) = await CheckAsync(folder);
        Assert.Equal(1, code);
        Assert.Contains($"FAILED  IMAP support@desk.example at {site.Imap}: no token for support@desk.example: ", said, StringComparison.Ordinal);
        Assert.Matches($"FAILED  {smtp}.*{folder.TokenFile}", said);

        await File.WriteAllTextAsync(folder.TokenFile, "", TestContext.Current.CancellationToken);
        (code, said) = await CheckAsync(folder);
        Assert.Equal(1, code);
        Assert.Contains($"FAILED  {smtp}{folder.TokenFile} is empty", said, StringComparison.Ordinal);

        await File.WriteAllTextAsync(folder.TokenFile, Expired, TestContext.Current.CancellationToken);
        (code, said) = await CheckAsync(folder);
        Assert.Equal(1, code);
        Assert.Contains($"FAILED  IMAP support@desk.example at {site.Imap}: ", said, StringComparison.Ordinal);
        Assert.Contains("\"status\":\"401\"", said, StringComparison.Ordinal); // the server's own word (RFC 7628 §3.2.2)
        Assert.DoesNotContain(Expired, said, StringComparison.Ordinal);

        await File.WriteAllTextAsync(folder.TokenFile, Good, TestContext.Current.CancellationToken);
        (code, said) = await CheckAsync(folder);
        Assert.True(code == 0, said);
    }

    private static async Task<(int Code, string Said)> CheckAsync(DeskFolder folder)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience.Limit);
        var start = new ProcessStartInfo("dotnet", [typeof(DeskHost).Assembly.Location, "check", "--config", folder.Settings]) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        using var process = Process.Start(start)!;
        try
        {
            var said = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, said);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }
}
