using MailDesk.Domain;
using MailDesk.Worker.Configuration;
using MailDesk.Worker.Intake;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Security;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailDesk.Worker.Tests.Intake;

public sealed class SenderPolicyTests
{
    private static readonly LetterTokens Tokens = new(new byte[32]);
    private static readonly TicketNumber Request = new(TicketKind.Request, 1001);
    private static readonly SampleMail Engineer = SampleMail.OfEngineer() with { Headers = [] };

    [Theory]
    [InlineData("desk.example; dmarc=pass header.from=desk.example")]
    [InlineData("desk.example; dmarc=pass")]
    [InlineData("Desk.Example; spf=fail; dkim=pass header.d=desk.example")]
    [InlineData("desk.example 1; dkim=fail header.d=desk.example; dkim=pass header.d=desk.example")]
    public void An_engineer_for_whom_the_server_vouches_is_believed(string results) => Assert.True(IsStaff(Engineer with { Headers = [$"Authentication-Results: {results}"] }));

    [Theory]
    [InlineData("evil.example; dmarc=pass header.from=desk.example")]
    [InlineData("sub.desk.example; dmarc=pass header.from=desk.example")]
    [InlineData("desk.example; dmarc=fail header.from=desk.example")]
    [InlineData("desk.example; dmarc=pass header.from=evil.example")]
    [InlineData("desk.example; dkim=pass header.d=evil.example")]
    [InlineData("desk.example; dkim=pass header.d=example")]
    [InlineData("desk.example; dkim=pass header.d=k.example")]
    [InlineData("desk.example; dkim=pass")]
    [InlineData("desk.example; spf=pass smtp.mailfrom=ivan@desk.example")]
    [InlineData("desk.example; none")]
    [InlineData("desk.example; x=\"y; dmarc=pass\"")]
    [InlineData("desk.example (; dmarc=pass)")]
    [InlineData("dmarc=pass header.from=desk.example")]
    [InlineData("")]
    public void Anything_else_vouches_for_nobody(string results) => Assert.False(IsStaff(Engineer with { Headers = [$"Authentication-Results: {results}"] }));

    [Fact]
    public void Only_the_topmost_results_of_the_server_count()
    {
        const string Pass = "Authentication-Results: desk.example; dmarc=pass", Fail = "Authentication-Results: desk.example; dmarc=fail";

        Assert.False(IsStaff(Engineer with { Headers = [Fail, Pass] }));
        Assert.True(IsStaff(Engineer with { Headers = ["Authentication-Results: other.example; dmarc=fail", Pass, Fail] }));
    }

    [Fact]
    public void Two_senders_are_never_believed()
    {
        const string Pass = "Authentication-Results: desk.example; dmarc=pass";

        Assert.False(IsStaff(Engineer with { Headers = [Pass, "From: evil@evil.example"] }));
        Assert.False(IsStaff(Engineer with { Headers = [Pass], From = "ivan@desk.example, evil@evil.example" }));
    }

    [Fact]
    public void An_engineers_own_token_is_a_proof_and_nobody_elses()
    {
        Assert.True(IsStaff(Engineer, Match(LetterRole.Engineer, "ivan@desk.example")));
        Assert.False(IsStaff(Engineer, Match(LetterRole.Engineer, "olga@desk.example")));
        Assert.False(IsStaff(Engineer, Match(LetterRole.Client, "ivan@desk.example")));
        Assert.False(IsStaff(Engineer, new ThreadMatch(Request, null)));
    }

    [Fact]
    public void The_setting_says_what_is_enough()
    {
        var own = Match(LetterRole.Engineer, "ivan@desk.example");

        Assert.False(IsStaff(Engineer, own, EngineerMailPolicy.Authenticated));
        Assert.True(IsStaff(SampleMail.OfEngineer(), null, EngineerMailPolicy.Authenticated));
        Assert.True(IsStaff(Engineer, null, EngineerMailPolicy.AddressOnly));
        Assert.False(IsStaff(Engineer with { From = "anna@client.example" }, own, EngineerMailPolicy.AddressOnly));
    }

    [Fact]
    public void Without_a_server_to_believe_no_results_count() => Assert.False(IsStaff(SampleMail.OfEngineer(), null, authservId: ""));

    [Fact]
    public void A_person_is_served_while_a_contract_is_in_force()
    {
        Assert.True(Assert.IsType<Speaker.ClientPerson>(Identify(new SampleMail())).IsServed);
        Assert.True(Assert.IsType<Speaker.ClientPerson>(Identify(new SampleMail { From = "\"Директор\" <ANNA@Client.Example>" })).IsServed);
        Assert.False(Assert.IsType<Speaker.ClientPerson>(Identify(new SampleMail { From = "pavel@former.example" })).IsServed);
        Assert.IsType<Speaker.Stranger>(Identify(new SampleMail { From = "x@y.example" }));
        Assert.IsType<Speaker.Stranger>(Identify(new SampleMail { From = "" }));
    }

    private static ThreadMatch Match(LetterRole role, string address) => new(Request, Tokens.Check(Tokens.Issue(Request, role, address)));

    private static bool IsStaff(
        SampleMail mail, ThreadMatch? thread = null, EngineerMailPolicy policy = EngineerMailPolicy.AuthenticatedOrToken, string authservId = "desk.example") =>
        Identify(mail, thread, policy, authservId) is Speaker.Staff;

    private static Speaker Identify(
        SampleMail mail, ThreadMatch? thread = null, EngineerMailPolicy policy = EngineerMailPolicy.AuthenticatedOrToken, string authservId = "desk.example") =>
        new SenderPolicy(
            TestDesk.People,
            Tokens,
            new DeskSettings { Security = new SecurityOptions { AuthservId = authservId, EngineerMail = policy } },
            new ManualClock(new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero)),
            NullLogger<SenderPolicy>.Instance).Identify(mail.Read(), thread);
}
