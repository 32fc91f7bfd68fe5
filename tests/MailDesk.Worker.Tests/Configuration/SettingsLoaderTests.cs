using MailDesk.Worker.Configuration;
using Microsoft.Extensions.Configuration;

namespace MailDesk.Worker.Tests.Configuration;

public sealed class SettingsLoaderTests
{
    [Fact]
    public void What_a_desk_needs_at_least_is_enough() => Assert.Empty(Problems());

    [Theory]
    [InlineData("Desk:Domain")]
    [InlineData("Mailboxes:0:Address")]
    [InlineData("Mailboxes:0:Imap:Host")]
    [InlineData("Mailboxes:0:Imap:User")]
    [InlineData("Mailboxes:0:Imap:Password")]
    [InlineData("Smtp:Host")]
    public void A_missing_setting_is_named(string key) => AssertNames(key, Problems((key, null)));

    [Theory]
    [InlineData("Desk:Domain", "no domain")]
    [InlineData("Desk:Language", "fr")]
    [InlineData("Desk:TimeZone", "Mars/Olympus")]
    [InlineData("Desk:NumberPrefix", "")]
    [InlineData("Desk:NumberPrefix", "МД")]
    [InlineData("Desk:FirstNumber", "0")]
    [InlineData("Mailboxes:0:Address", "support")]
    [InlineData("Mailboxes:0:Imap:Port", "70000")]
    [InlineData("Mailboxes:1:ProcessedFolder", "inbox")]
    [InlineData("Mailboxes:1:PollEvery", "00:00:00")]
    [InlineData("Smtp:Connections", "0")]
    [InlineData("Security:TokenKey", "c2hvcnQ=")]
    [InlineData("Security:TokenKey", "?")]
    [InlineData("Intake:Attempts", "0")]
    [InlineData("Intake:MaxMessageBytes", "10")]
    [InlineData("Intake:MaxMessageBytes", "2147483648")]
    [InlineData("Intake:MaxDepth", "0")]
    [InlineData("Intake:MaxParts", "-1")]
    [InlineData("Intake:MaxHeaderLines", "0")]
    [InlineData("Intake:MaxRecipients", "0")]
    [InlineData("Outbox:AutomaticPerHour", "0")]
    [InlineData("Outbox:SameKindPerTenMinutes", "0")]
    [InlineData("Outbox:AutomaticRepliesPerDay", "0")]
    [InlineData("Mailboxes:0:FailedFolder", "INBOX")]
    [InlineData("Outbox:GiveUpAfter", "-1.00:00:00")]
    public void A_value_that_cannot_work_is_named(string key, string value) => AssertNames(key, Problems((key, value)));

    [Theory]
    [InlineData("Desk:FirstNumber", "many", "a number")]
    [InlineData("Mailboxes:0:Purpose", "Everything", "one of Requests, Complaints")]
    [InlineData("Sandbox:Enabled", "perhaps", "true or false")]
    [InlineData("Outbox:FirstPause", "soon", "a time such as")]
    [InlineData("Rules:WorkingTime:From", "nine", "a time of day")]
    [InlineData("Rules:WorkingTime:Holidays:0", "May", "a date such as")]
    [InlineData("Rules:Levels:High:Reaction", "fast", "a time such as")]
    public void A_value_of_another_type_is_named_with_what_would_be_right(string key, string value, string right)
    {
        var problems = Problems((key, value));

        AssertNames(key, problems);
        Assert.Contains(right, problems[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Desk:Domian", "Domain")]
    [InlineData("Smtp:Pasword", "Password")]
    [InlineData("Mailboxes:0:Imap:Hst", "Host")]
    [InlineData("Speed", "Outbox")]
    public void An_unknown_key_is_named_with_the_ones_that_there_are(string key, string known)
    {
        var problems = Problems((key, "x"));

        AssertNames(key, problems);
        Assert.Contains(known, problems[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mail.example", true)]
    [InlineData("192.0.2.7", true)]
    [InlineData("localhost", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("::1", false)]
    public void A_password_leaves_the_machine_only_encrypted(string host, bool refused)
    {
        var problems = Problems(("Mailboxes:0:Imap:Host", host), ("Mailboxes:0:Imap:Tls", "None"));

        if (refused) AssertNames("Mailboxes:0:Imap:Tls", problems);
        else Assert.Empty(problems);
    }

    [Theory]
    [InlineData("Mailboxes:0:Imap")]
    [InlineData("Smtp")]
    public void Clear_text_beyond_the_machine_has_to_be_allowed_by_name(string server)
    {
        (string, string?)[] clear = [($"{server}:Host", "mail.example"), ($"{server}:Tls", "None"), ($"{server}:User", "u"), ($"{server}:Password", "p")];

        var problems = Problems(clear);
        AssertNames($"{server}:Tls", problems);
        Assert.Contains($"{server}:AllowClearTextLogin", problems[0], StringComparison.Ordinal);
        Assert.Empty(Problems([.. clear, ($"{server}:AllowClearTextLogin", "true")]));
        Assert.Single(Problems([.. clear, ($"{server}:AllowClearTextLogin", "false")]));
    }

    [Fact]
    public void What_is_allowed_reaches_the_connection()
    {
        Assert.False(new ServerOptions { Host = "h" }.Endpoint.AllowClearTextLogin);
        Assert.True(new ServerOptions { Host = "h", AllowClearTextLogin = true }.Endpoint.AllowClearTextLogin);
    }

    [Theory]
    [InlineData("Mailboxes:0:Imap")]
    [InlineData("Smtp")]
    public void An_account_has_a_password_or_a_token_file(string server)
    {
        Assert.Empty(Problems(($"{server}:User", "u"), ($"{server}:Password", "p")));
        Assert.Empty(Problems(($"{server}:User", "u"), ($"{server}:Password", null), ($"{server}:TokenFile", "t")));
        AssertNames($"{server}:Password", Problems(($"{server}:User", "u"), ($"{server}:Password", null)));
        AssertNames($"{server}:TokenFile", Problems(($"{server}:User", "u"), ($"{server}:Password", "p"), ($"{server}:TokenFile", "t")));
        AssertNames($"{server}:User", Problems(($"{server}:User", null), ($"{server}:Password", null), ($"{server}:TokenFile", "t")));
        AssertNames($"{server}:User", Problems(($"{server}:User", "u\u0001auth=Bearer x"), ($"{server}:Password", null), ($"{server}:TokenFile", "t")));
    }

    [Fact]
    public void A_relative_token_file_stands_beside_the_file_that_names_it()
    {
        using var folder = new TestFolder();
        var file = folder.Write("desk.json", """{ "MailDesk": { "Mailboxes": { "1": { "Imap": { "TokenFile": "a" } } }, "Smtp": { "User": "u", "TokenFile": "/b" } } }""");
        var over = TestDesk.Settings("desk.db").Where(pair => !pair.Key.StartsWith("MailDesk:Mailboxes:0", StringComparison.Ordinal)).ToDictionary();
        over.Remove("MailDesk:Mailboxes:1:Imap:Password");

        var settings = SettingsLoader.Bind(SettingsLoader.Read(file, "Test", over));
        Assert.Equal(folder.File("a"), Assert.Single(settings.Mailboxes).Imap.TokenFile); // the only one, though its number is 1
        Assert.Equal(Path.Combine(folder.Path, "/b"), settings.Smtp.TokenFile);
        Assert.NotNull(settings.Smtp.Credentials?.Tokens);
    }

    [Fact]
    public void All_problems_are_told_at_once() =>
        Assert.Equal(3, Problems(("Desk:Domain", null), ("Desk:Language", "fr"), ("Smtp:Connections", "99")).Count);

    [Fact]
    public void Settings_that_contradict_the_rules_are_named() =>
        Assert.Contains("MailDesk:Rules", Assert.Throws<SettingsException>(() => PolicyFactory.Create(new DeskSettings { Rules = new RulesOptions { ConfirmationDays = 0 } })).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_missing_or_no_JSON_is_named()
    {
        using var folder = new TestFolder();
        var broken = folder.Write("broken.json", "{ \"MailDesk\": ");

        Assert.Contains("nowhere.json", Assert.Throws<SettingsException>(() => SettingsLoader.Read(folder.File("nowhere.json"), "Test")).Message, StringComparison.Ordinal);
        Assert.Contains("broken.json", Assert.Throws<SettingsException>(() => SettingsLoader.Read(broken, "Test")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_relative_directory_file_stands_beside_the_file_that_names_it()
    {
        using var folder = new TestFolder();
        var file = folder.Write("desk.json", """{ "MailDesk": { "Desk": { "DirectoryFile": "people.json" } } }""");
        var over = TestDesk.Settings("desk.db").Where(pair => pair.Key != "MailDesk:Desk:DirectoryFile").ToDictionary();

        Assert.Equal(folder.File("people.json"), SettingsLoader.Bind(SettingsLoader.Read(file, "Test", over)).Desk.DirectoryFile);
    }

    private static IReadOnlyList<string> Problems(params ReadOnlySpan<(string Key, string? Value)> changes)
    {
        var settings = TestDesk.Settings("desk.db");
        foreach (var (key, value) in changes)
        {
            if (value is null) settings.Remove($"MailDesk:{key}");
            else settings[$"MailDesk:{key}"] = value;
        }

        try
        {
            SettingsLoader.Bind(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
            return [];
        }
        catch (SettingsException e)
        {
            return e.Problems;
        }
    }

    private static void AssertNames(string key, IReadOnlyList<string> problems) =>
        Assert.StartsWith($"MailDesk:{key}: ", Assert.Single(problems), StringComparison.Ordinal);
}
