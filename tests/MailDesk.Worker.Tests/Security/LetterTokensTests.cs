using MailDesk.Domain;
using MailDesk.Worker.Letters;
using MailDesk.Worker.Security;

namespace MailDesk.Worker.Tests.Security;

public sealed class LetterTokensTests
{
    private static readonly LetterTokens Tokens = new(new byte[32]);
    private static readonly TicketNumber Request = new(TicketKind.Request, 1042);

    private readonly string _token = Tokens.Issue(Request, LetterRole.Client, "anna@client.example");

    [Fact]
    public void A_token_says_to_whom_it_was_given()
    {
        var token = Tokens.Check(_token);

        Assert.NotNull(token);
        Assert.Equal((Request, LetterRole.Client), (token.Ticket, token.Role));
        Assert.True(Tokens.IsBoundTo(token, "Anna@Client.Example"));
        Assert.False(Tokens.IsBoundTo(token, "boris@client.example"));
    }

    [Fact]
    public void A_token_survives_a_change_of_letter_case() => Assert.Equal(Tokens.Check(_token), Tokens.Check(_token.ToUpperInvariant()));

    [Fact]
    public void No_character_of_a_token_can_be_changed_left_out_or_added()
    {
        for (var i = 0; i < _token.Length; i++)
        {
            Assert.Null(Tokens.Check(_token[..i] + (_token[i] == 'b' ? 'd' : 'b') + _token[(i + 1)..]));
            Assert.Null(Tokens.Check(_token.Remove(i, 1)));
            Assert.Null(Tokens.Check(_token.Insert(i, "2")));
        }
    }

    [Fact]
    public void A_clients_token_cannot_be_made_an_engineers() =>
        Assert.Null(Tokens.Check(_token.Replace(".c", ".e", StringComparison.Ordinal)));

    [Fact]
    public void A_request_and_a_complaint_of_one_number_have_different_tokens()
    {
        var complaint = Tokens.Issue(new TicketNumber(TicketKind.Complaint, 1042), LetterRole.Client, "anna@client.example");

        Assert.Equal(TicketKind.Complaint, Tokens.Check(complaint)?.Ticket.Kind);
        Assert.Null(Tokens.Check($"c{_token}"));
    }

    [Fact]
    public void Another_key_makes_other_tokens() => Assert.Null(new LetterTokens([.. Enumerable.Repeat((byte)1, 32)]).Check(_token));

    [Fact]
    public void A_message_id_carries_the_token_and_cannot_be_guessed_from_it()
    {
        var id = Tokens.MessageId(_token, "unique", "desk.example");

        Assert.Equal(Tokens.Check(_token), Tokens.CheckMessageId(id));
        Assert.Equal(Tokens.Check(_token), Tokens.CheckMessageId(id.ToUpperInvariant()));
        Assert.Null(Tokens.CheckMessageId($"{_token}@desk.example"));
        Assert.Null(Tokens.CheckMessageId(id.Replace("unique", "unikue", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_marker_is_ours_alone()
    {
        Assert.True(Tokens.IsMarker($" {Tokens.Marker("abc")} "));
        Assert.False(Tokens.IsMarker(Tokens.Marker("abc").Replace("abc", "abd", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("@")]
    [InlineData("1042")]
    [InlineData("1042.c")]
    [InlineData("99999999999999999999.cabcdefabcdefghijkl")]
    [InlineData("1042.cабвгдеабвгдежзийк")]
    [InlineData("a.b.c.d@e@f")]
    public void What_is_no_token_is_none(string text)
    {
        Assert.Null(Tokens.Check(text));
        Assert.Null(Tokens.CheckMessageId(text));
        Assert.False(Tokens.IsMarker(text));
    }
}
