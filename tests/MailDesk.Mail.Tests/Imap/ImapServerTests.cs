using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MailDesk.Mail.Imap;
using MailDesk.Mail.Net;

namespace MailDesk.Mail.Tests.Imap;

/// <summary>The client against real servers; each test has an account of its own.</summary>
public abstract class ImapServerTests
{
    /// <summary>Skips the calling test where the machine lacks the server.</summary>
    protected abstract MailEndpoint Endpoint(TlsMode tls = TlsMode.None);

    /// <summary>Somebody with an empty mailbox that nobody else uses.</summary>
    protected abstract MailCredentials NewUser();

    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>RFC 2180 §4.1: whether what another session expunged can be read until this session has been told.</summary>
    protected abstract bool ServesExpunged { get; }

    /// <summary>What the server calls the mailbox "Work".</summary>
    protected virtual string WorkMailbox => "Work";

    private Task<ImapClient> ConnectAsync(MailCredentials user, TlsMode tls = TlsMode.None) =>
        ImapClient.ConnectAsync(Endpoint(tls), user, TimeProvider.System, None);

    private async Task<ImapClient> OpenInboxAsync(MailCredentials user)
    {
        var client = await ConnectAsync(user);
        await client.OpenAsync("INBOX", None);
        return client;
    }

    private Task DeliverAsync(MailCredentials user, DateTimeOffset? received, params IEnumerable<byte[]> messages) =>
        ImapDelivery.DeliverAsync(Endpoint(), user, messages, received);

    private Task DeliverAsync(MailCredentials user, params IEnumerable<byte[]> messages) => DeliverAsync(user, null, messages);

    private static Task<bool> WaitForNewsAsync(ImapClient client) => client.WaitForNewsAsync(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1), None);

    private static byte[] Message(int number, int size = 0) =>
        Encoding.ASCII.GetBytes($"From: a@example.com\r\nSubject: message {number}\r\n\r\nText {number}\r\n" + new string('x', size) + "\r\n");

    [Theory]
    [InlineData(TlsMode.None)]
    [InlineData(TlsMode.StartTls)]
    [InlineData(TlsMode.Implicit)]
    public async Task Logs_in_under_every_protection(TlsMode tls)
    {
        await using var client = await ConnectAsync(NewUser(), tls);
        var opened = await client.OpenAsync("INBOX", None);
        Assert.NotEqual(0u, opened.UidValidity);
        Assert.Equal((1u, 0), (opened.UidNext, opened.Exists));
        Assert.Contains("IDLE", client.Capabilities);
    }

    [Theory]
    [InlineData(TlsMode.StartTls)]
    [InlineData(TlsMode.Implicit)]
    public async Task A_certificate_that_is_not_trusted_is_refused(TlsMode tls)
    {
        var endpoint = Endpoint(tls) with { CertificateCheck = null };
        await Assert.ThrowsAsync<MailConnectionException>(() => ImapClient.ConnectAsync(endpoint, NewUser(), TimeProvider.System, None));
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("неверный \"пароль\"\r\n")]
    public async Task A_wrong_password_is_told_in_the_servers_words(string password)
    {
        var endpoint = Endpoint();
        var refusal = await Assert.ThrowsAsync<MailboxLoginException>(
            () => ImapClient.ConnectAsync(endpoint, NewUser() with { Password = password }, TimeProvider.System, None));
        Assert.Contains("authentication fail", refusal.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Five_hundred_messages_are_listed_and_fetched_whole()
    {
        var user = NewUser();
        await using var client = await OpenInboxAsync(user);
        await DeliverAsync(user, Enumerable.Range(0, 500).Select(number => Message(number, number)));
        Assert.True(await WaitForNewsAsync(client));
        var list = await client.ListAsync(1, None);
        Assert.Equal(500, list.Count);
        var fetched = await client.FetchAsync(list, None).ToListAsync(None);
        Assert.Equal(list.Select(m => m.Uid), fetched.Select(m => m.Summary.Uid));
        Assert.All(fetched, message => Assert.Equal(message.Summary.Size, message.Raw.Length));
        Assert.Equal(
            Enumerable.Range(0, 500).Select(number => Convert.ToHexString(Message(number, number))),
            fetched.Select(message => Convert.ToHexString(message.Raw.Span)));
        Assert.All(await client.ListAsync(1, None), message => Assert.DoesNotContain("\\Seen", message.Flags));
        Assert.Equal(2, (await client.ListAsync(list[^2].Uid, None)).Count);
        Assert.Empty(await client.ListAsync(list[^1].Uid + 1, None));
    }

    [Theory]
    [InlineData(TlsMode.None)]
    [InlineData(TlsMode.Implicit)]
    public async Task A_message_of_20_MB_is_streamed_octet_for_octet(TlsMode tls)
    {
        var user = NewUser();
        await using var client = await ConnectAsync(user, tls);
        await client.OpenAsync("INBOX", None);
        var random = new byte[15 * 1024 * 1024];
        new Random(1).NextBytes(random);
        var message = Encoding.ASCII.GetBytes("Subject: big\r\n\r\n" + Convert.ToBase64String(random, Base64FormattingOptions.InsertLineBreaks) + "\r\n");
        await DeliverAsync(user, message);
        Assert.True(await WaitForNewsAsync(client));
        var summary = Assert.Single(await client.ListAsync(1, None));
        Assert.Equal(message.Length, summary.Size);
        using var stream = new MemoryStream();
        Assert.True(await client.FetchToAsync(summary.Uid, stream, None));
        Assert.Equal(SHA256.HashData(message), SHA256.HashData(stream.ToArray()));
        Assert.False(await client.FetchToAsync(summary.Uid + 1, stream, None));
    }

    [Fact]
    public async Task Flags_are_added_and_messages_moved_into_a_mailbox_that_is_not_there_yet()
    {
        var user = NewUser();
        await using var client = await OpenInboxAsync(user);
        await DeliverAsync(user, Message(0), Message(1), Message(2));
        Assert.True(await WaitForNewsAsync(client));
        var uids = (await client.ListAsync(1, None)).Select(m => m.Uid).ToArray();
        await client.AddFlagsAsync([.. uids, 999], ["\\Seen", "MailDeskDone"], None);
        Assert.All(await client.ListAsync(1, None), message => Assert.Contains("MailDeskDone", message.Flags));
        await client.MoveAsync([uids[0], uids[2], 999], "MailDesk/Processed", None);
        Assert.Equal([uids[1]], (await client.ListAsync(1, None)).Select(m => m.Uid));
        await client.MoveAsync([999], "MailDesk/Processed", None);
        Assert.Equal(2, (await client.OpenAsync("MailDesk/Processed", None)).Exists);
        await client.EnsureMailboxAsync("MailDesk/Processed", None);
        await Assert.ThrowsAsync<MailboxException>(() => client.OpenAsync("Nowhere", None));
    }

    [Theory]
    [InlineData("MailDesk/Не обработано & прочее")]
    [InlineData("Ящик")]
    public async Task A_mailbox_has_a_name_in_any_letters_and_others_see_it_by_that_name(string name)
    {
        var user = NewUser();
        await using var client = await OpenInboxAsync(user);
        await client.EnsureMailboxAsync(name, None);
        await DeliverAsync(user, Message(0));
        Assert.True(await WaitForNewsAsync(client));
        await client.MoveAsync([Assert.Single(await client.ListAsync(1, None)).Uid], name, None);
        await using var other = await ConnectAsync(user);
        Assert.Equal(1, (await other.OpenAsync(name, None)).Exists);
    }

    [Fact]
    public async Task A_mailbox_that_was_made_anew_shows_it_by_its_uidvalidity()
    {
        var user = NewUser();
        await using var client = await OpenInboxAsync(user);
        await client.EnsureMailboxAsync("Work", None);
        var before = (await client.OpenAsync("Work", None)).UidValidity;
        await client.OpenAsync("INBOX", None);
        var name = WorkMailbox;
        await ImapDelivery.RunAsync(Endpoint(), user, $"DELETE {name}", $"CREATE {name}");
        Assert.NotEqual(before, (await client.OpenAsync("Work", None)).UidValidity);
    }

    [Fact]
    public async Task Idling_tells_of_new_mail()
    {
        var user = NewUser();
        await using var client = await OpenInboxAsync(user);
        for (var number = 1; number <= 3; number++)
        {
            var waiting = client.WaitForNewsAsync(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), None);
            await DeliverAsync(user, Message(number));
            Assert.True(await waiting);
            Assert.Equal(number, (await client.ListAsync(1, None)).Count);
        }
    }

    [Fact]
    public async Task A_cancelled_wait_leaves_the_session_alive()
    {
        await using var client = await OpenInboxAsync(NewUser());
        using var cancel = new CancellationTokenSource();
        var waiting = client.WaitForNewsAsync(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Empty(await client.ListAsync(1, None));
    }

    [Theory]
    [InlineData("2026-01-31T23:59:58Z")]
    [InlineData("2025-07-05T01:02:03Z")]
    public async Task The_time_of_arrival_is_read_through_the_servers_zone(string utc)
    {
        var user = NewUser();
        var received = DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture);
        await using var client = await OpenInboxAsync(user);
        await DeliverAsync(user, received, Message(1));
        Assert.True(await WaitForNewsAsync(client));
        Assert.Equal(received, Assert.Single(await client.ListAsync(1, None)).InternalDate);
    }

    [Fact]
    public async Task What_another_session_expunged_is_left_out()
    {
        var user = NewUser();
        await using var client = await OpenInboxAsync(user);
        await DeliverAsync(user, Enumerable.Range(0, 5).Select(number => Message(number)));
        Assert.True(await WaitForNewsAsync(client));
        var list = await client.ListAsync(1, None);
        await using (var other = await OpenInboxAsync(user))
        {
            await other.MoveAsync([list[1].Uid, list[3].Uid], "Trash", None);
        }

        uint[] left = [list[0].Uid, list[2].Uid, list[4].Uid];
        var fetched = await client.FetchAsync(list, None).ToListAsync(None);
        Assert.Equal(ServesExpunged ? list.Select(m => m.Uid) : left, fetched.Select(m => m.Summary.Uid));
        Assert.Equal(left, (await client.ListAsync(1, None)).Select(m => m.Uid));
        Assert.Equal(left, (await client.FetchAsync(list, None).ToListAsync(None)).Select(m => m.Summary.Uid));
    }
}
