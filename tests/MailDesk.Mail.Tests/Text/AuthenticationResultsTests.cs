using MailDesk.Mail.Text;

namespace MailDesk.Mail.Tests.Text;

public sealed class AuthenticationResultsTests
{
    [Fact]
    public void A_header_gives_its_methods_results_and_properties()
    {
        var results = AuthenticationResults.Parse(
            "mx.desk.example 1; dkim=pass (1024-bit key) reason=\"good signature\" header.d=example.org header.b=\"Ab/c==\";\r\n\tspf=softfail smtp.mailfrom=anna@example.org; DMARC/2=Fail (p=reject dis=none) header.from=example.org");
        Assert.Equal(["dkim", "spf", "dmarc"], results.Select(r => r.Method));
        Assert.Equal(["pass", "softfail", "fail"], results.Select(r => r.Result));
        Assert.All(results, r => Assert.Equal(("mx.desk.example", "1"), (r.AuthservId, r.Version)));
        Assert.Equal("good signature", results[0].Reason);
        Assert.Equal("example.org", results[0].Properties["Header.D"]);
        Assert.Equal("Ab/c==", results[0].Properties["header.b"]);
        Assert.Equal("anna@example.org", results[1].Properties["smtp.mailfrom"]);
        Assert.Equal("2", results[2].MethodVersion);
    }

    [Theory]
    [InlineData("mx.example; none")]
    [InlineData("mx.example")]
    [InlineData("mx.example 1; none")]
    [InlineData("mx.example (dkim=pass); none")]
    public void None_gives_no_result_and_yet_has_a_speaker(string header)
    {
        Assert.Empty(AuthenticationResults.Parse(header));
        Assert.Equal("mx.example", AuthenticationResults.AuthservId(header));
    }

    [Theory]
    [InlineData("mx.example; spf=fail (dkim=pass header.d=bank.example) smtp.mailfrom=x")]
    [InlineData("mx.example; spf=fail (a (nested; dkim=pass header.d=bank.example) b) smtp.mailfrom=x")]
    [InlineData("mx.example; spf=fail smtp.mailfrom=\"; dkim=pass header.d=bank.example\"")]
    [InlineData("mx.example; spf=fail smtp.mailfrom=\"\\\"; dkim=pass\"")]
    [InlineData("mx.example; spf=fail reason=\"; dkim=pass\"")]
    [InlineData("mx.example; spf=fail smtp.helo=x dkim=pass header.d=bank.example")]
    [InlineData("mx.example; spf=fail (\\(; dkim=pass ; dkim=pass )")]
    [InlineData("mx.example; spf=fail (never closed; dkim=pass header.d=bank.example")]
    [InlineData("mx.example; spf=fail; \"dkim\"=pass; dkim=\"pass\"; dkim=pass=x; dkim=pass\"\"; dkim pass; =pass; dkim=")]
    [InlineData("mx.example; spf=fail smtp.mailfrom=\"never closed; dkim=pass")]
    public void Nothing_within_a_comment_a_value_or_a_quoted_string_is_a_result(string header)
    {
        var result = Assert.Single(AuthenticationResults.Parse(header));
        Assert.Equal(("spf", "fail"), (result.Method, result.Result));
    }

    [Theory]
    [InlineData("mx.example; dkim=pass header.i=@example.org header.b=Ab==", "header.b", "Ab==")]
    [InlineData("mx.example; spf=pass smtp.mailfrom=\"a b\"@example.org", "smtp.mailfrom", "a b@example.org")]
    [InlineData("mx.example; dkim = pass header.d = example.org", "header.d", "example.org")]
    [InlineData("mx.example; dkim=pass header.d=(real:)example.org", "header.d", "example.org")]
    [InlineData("mx.example; dkim=pass header.d=first.example header.d=second.example", "header.d", "first.example")]
    public void Values_are_read_as_they_are_written(string header, string property, string value) =>
        Assert.Equal(value, Assert.Single(AuthenticationResults.Parse(header)).Properties[property]);

    [Fact]
    public void Exchange_Online_names_no_speaker()
    {
        const string Header = "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=example.org; dmarc=pass action=none header.from=example.org;compauth=pass reason=100";
        Assert.Null(AuthenticationResults.AuthservId(Header));
        var results = AuthenticationResults.Parse(Header);
        Assert.Equal(["spf", "dmarc", "compauth"], results.Select(r => r.Method));
        Assert.All(results, r => Assert.Equal("", r.AuthservId));
    }

    [Fact]
    public void Any_input_gives_what_can_be_read()
    {
        var random = new Random(11);
        const string Alphabet = "ab.;=\"()\\ \t/1@";
        for (var round = 0; round < 5000; round++)
        {
            var header = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            Assert.All(AuthenticationResults.Parse(header), r => Assert.NotEqual("", r.Method + r.Result));
        }
    }
}
