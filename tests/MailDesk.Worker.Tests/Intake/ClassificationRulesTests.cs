using System.Diagnostics;
using MailDesk.Domain;
using MailDesk.Mail.Mime;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Intake;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailDesk.Worker.Tests.Intake;

public sealed class ClassificationRulesTests
{
    [Fact]
    public void For_each_fact_the_first_rule_that_says_it_wins()
    {
        var claims = Apply(
            "Почта",
            "Не слышно",
            new ClassificationRuleOptions { Pattern = "слышн", Urgency = Urgency.High },
            new ClassificationRuleOptions { Pattern = "почта", Category = Category.Incident, Urgency = Urgency.Low },
            new ClassificationRuleOptions { Pattern = "ПОЧТА", Category = Category.Service, Impact = Impact.MajorLoss });

        Assert.Equal((Category.Incident, Urgency.High, Impact.MajorLoss), (claims.Category, claims.Urgency, claims.Impact));
        Assert.Equal("urgency: rule 0, category: rule 1, impact: rule 2", claims.Sources);
    }

    [Fact]
    public void A_rule_looks_where_it_is_told_to()
    {
        Assert.Null(Apply("x", "сбой", new ClassificationRuleOptions { Pattern = "сбой", In = ClassificationField.Subject, Category = Category.Incident }).Category);
        Assert.Null(Apply("сбой", "x", new ClassificationRuleOptions { Pattern = "сбой", In = ClassificationField.Text, Category = Category.Incident }).Category);
        Assert.NotNull(Apply("сбой", "x", new ClassificationRuleOptions { Pattern = "сбой", Category = Category.Incident }).Category);
        Assert.NotNull(Apply("x", "сбой", new ClassificationRuleOptions { Pattern = "сбой", Category = Category.Incident }).Category);
    }

    [Fact]
    public void What_is_said_already_stays()
    {
        var claims = new Claims();
        claims.Say(Category.Service, ClaimReader.Tag);

        Rules(new ClassificationRuleOptions { Pattern = "x", StartsService = true }).Apply(Words("x", "x"), claims);

        Assert.Equal((Category.Service, false, "category: tag"), (claims.Category, claims.StartsService, claims.Sources));
    }

    [Fact]
    public void Only_the_beginning_of_a_huge_text_is_looked_at()
    {
        ClassificationRuleOptions rule = new() { Pattern = "конец", Category = Category.Incident };

        Assert.Null(Apply("x", new string('x', ClassificationRules.LongestText) + "конец", rule).Category);
        Assert.NotNull(Apply("x", new string('x', ClassificationRules.LongestText - 5) + "конец", rule).Category);
    }

    [Theory]
    [InlineData("(a+)+$", 'a')]
    [InlineData("(.*a){20}", 'a')]
    [InlineData("(а|аа)+б", 'а')]
    public void A_pattern_made_to_explode_matches_in_time_or_says_nothing(string pattern, char letter)
    {
        var watch = Stopwatch.StartNew();
        var claims = Apply("x", new string(letter, 100_000) + "!", new ClassificationRuleOptions { Pattern = pattern, Category = Category.Incident }, new ClassificationRuleOptions { Pattern = "x", Urgency = Urgency.High });

        Assert.Equal(Urgency.High, claims.Urgency);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
    }

    private static Claims Apply(string subject, string text, params ClassificationRuleOptions[] rules)
    {
        var claims = new Claims();
        Rules(rules).Apply(Words(subject, text), claims);
        return claims;
    }

    private static RequestWords Words(string subject, string text) => new(subject, text, MimeParser.Parse(new SampleMail().Raw()));

    private static ClassificationRules Rules(params ClassificationRuleOptions[] rules) =>
        new(new DeskSettings { Rules = new RulesOptions { Classification = [.. rules] } }, NullLogger<ClassificationRules>.Instance);
}
