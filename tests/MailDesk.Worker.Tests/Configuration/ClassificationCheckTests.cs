using MailDesk.Worker.Configuration;
using MailDesk.Worker.Intake;
using Microsoft.Extensions.Configuration;

namespace MailDesk.Worker.Tests.Configuration;

public sealed class ClassificationCheckTests
{
    [Fact]
    public void Rules_that_can_work_are_taken() =>
        Assert.Empty(Problems(("0:Pattern", "не слышн|глух"), ("0:Category", "Incident"), ("1:Pattern", "^срочно"), ("1:In", "Subject"), ("1:Urgency", "high")));

    [Theory]
    [InlineData("", "Pattern", "is missing")]
    [InlineData("(", "Pattern", "at character 1")]
    [InlineData("a{2,1}", "Pattern", "is no regular expression")]
    [InlineData("(?=не) работает", "Pattern", "look-around")]
    [InlineData("(?<!не) работает", "Pattern", "look-around")]
    [InlineData(@"(\w)\1", "Pattern", "back-reference")]
    [InlineData("(?>a+)b", "Pattern", "atomic")]
    [InlineData("сбой|", "Pattern", "matches an empty text")]
    [InlineData(".*", "Pattern", "every mail")]
    public void A_pattern_that_cannot_work_is_named_with_what_would_be_right(string pattern, string key, string says)
    {
        var problem = Assert.Single(Problems(("0:Pattern", "x"), ("0:Category", "Incident"), ("1:Pattern", pattern), ("1:Category", "Incident")));

        Assert.StartsWith($"MailDesk:Rules:Classification:1:{key}: ", problem, StringComparison.Ordinal);
        Assert.Contains(says, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Category", "Disaster", "Incident, TechnicalSupport, ServiceChange, Service")]
    [InlineData("Category", "17", "Incident, TechnicalSupport, ServiceChange, Service")]
    [InlineData("Impact", "9", "ServiceDown, MajorLoss, MinorLoss, Planned")]
    [InlineData("Urgency", "soon", "High, Normal, Low")]
    [InlineData("In", "Body", "Both, Subject, Text")]
    [InlineData("In", "5", "give Subject, Text or Both")]
    [InlineData("Service", " ", "give the name of a service")]
    [InlineData("StartsService", "perhaps", "true or false")]
    [InlineData("Categorie", "Incident", "there is no such setting")]
    public void A_fact_that_does_not_exist_is_named(string key, string value, string says)
    {
        var problem = Assert.Single(Problems(("3:Pattern", "x"), ("3:Category", "Incident"), ($"3:{key}", value)), p => p.Contains(says, StringComparison.Ordinal));

        Assert.Contains($":{key}: ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_must_say_something_and_not_contradict_itself()
    {
        Assert.Contains("says nothing", Assert.Single(Problems(("0:Pattern", "x"))), StringComparison.Ordinal);
        Assert.Contains("contradicts", Assert.Single(Problems(("0:Pattern", "x"), ("0:Category", "Incident"), ("0:StartsService", "true"))), StringComparison.Ordinal);
        Assert.Empty(Problems(("0:Pattern", "x"), ("0:Category", "ServiceChange"), ("0:StartsService", "true")));
    }

    [Fact]
    public void Length_and_number_have_a_limit()
    {
        Assert.Empty(Problems(("0:Pattern", new string('x', ClassificationRules.LongestPattern)), ("0:Category", "Incident")));
        Assert.Contains("501 characters", Assert.Single(Problems(("0:Pattern", new string('x', ClassificationRules.LongestPattern + 1)), ("0:Category", "Incident"))), StringComparison.Ordinal);
        var many = Enumerable.Range(0, ClassificationRules.MaxRules + 1).SelectMany(i => new[] { ($"{i}:Pattern", "x"), ($"{i}:Category", "Incident") }).ToArray();
        Assert.Contains("101 rules", Assert.Single(Problems(many)), StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Problems(params (string Key, string Value)[] rules)
    {
        var all = TestDesk.Settings("desk.db");
        foreach (var (key, value) in rules) all[$"MailDesk:Rules:Classification:{key}"] = value;
        try
        {
            SettingsLoader.Bind(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
            return [];
        }
        catch (SettingsException e)
        {
            return e.Problems;
        }
    }
}
