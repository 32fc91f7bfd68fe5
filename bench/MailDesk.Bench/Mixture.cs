using System.Text;
using MailDesk.Mail.Mime;

namespace MailDesk.Bench;

/// <summary>A request that exists, as a reply names it.</summary>
internal sealed record Known(string Sender, string MessageId, string Subject);

/// <summary>
/// Messages as a desk gets them: sizes around a median of 5 KB, one in ten with a picture of 200 KB, two in five a reply to a request that
/// exists. The same numbers give the same messages.
/// </summary>
internal static class Mixture
{
    public const int Senders = 50;

    private const int MedianBytes = 5 * 1024;
    private const int PictureBytes = 200 * 1024;

    private static readonly string[] Words = "сервер почта не отвечает после обновления диск место резервная копия пароль the network is slow again today please look at it".Split(' ');

    /// <summary>Addresses of one mailbox: the server knows sub-addresses.</summary>
    public static string Sender(int i) => $"anna+{i % Senders}@client.example";

    public static List<(string Sender, byte[] Raw)> Seeds(DateTimeOffset now)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Senders).Select(i => (Sender(i), Build(random, Sender(i), $"seed-{i}", $"Вопрос {i}", now, null, false)))];
    }

    public static List<(string Sender, byte[] Raw)> Messages(int count, IReadOnlyList<Known> known, DateTimeOffset now)
    {
        var random = new Random(2);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var replied = i % 5 is 1 or 3 ? known[i % known.Count] : null;
            var sender = replied?.Sender ?? Sender(i);
            return (sender, Build(random, sender, $"bench-{i}", replied is null ? $"Заявка {i}" : $"Re: {replied.Subject}", now, replied, i % 10 == 0));
        })];
    }

    /// <summary>A letter of plain Russian and English text, so many octets long within a few in a hundred.</summary>
    public static byte[] Everyday(int i, int bytes)
    {
        var random = new Random(i);
        const int Headers = 500;
        return new MessageBuilder
        {
            From = [new MailboxAddress("Анна Ковалёва", Sender(i))],
            To = [new MailboxAddress(null, Fill.Mailbox)],
            Subject = $"Заявка {i}",
            Date = DateTimeOffset.UnixEpoch.AddYears(50).AddMinutes(i),
            MessageId = $"everyday-{i}@client.example",
            Text = Text(random, (bytes - Headers) * 3 / 4),
        }.Build();
    }

    private static byte[] Build(Random random, string sender, string id, string subject, DateTimeOffset now, Known? replied, bool picture) => new MessageBuilder
    {
        From = [new MailboxAddress("Анна Ковалёва", sender)],
        To = [new MailboxAddress(null, Fill.Mailbox)],
        Subject = subject,
        Date = now,
        MessageId = $"{id}@client.example",
        InReplyTo = replied is null ? [] : [replied.MessageId],
        References = replied is null ? [] : [replied.MessageId],
        Text = Text(random, Length(random)),
        Attachments = picture ? [new OutgoingAttachment("screen.png", "image/png", Bytes(random))] : [],
    }.Build();

    /// <summary>Log-normal: half below the median, a tail of long ones.</summary>
    private static double Length(Random random)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        // Base64 of Cyrillic text: about three octets on the wire for two octets of UTF-8.
        return Math.Clamp(MedianBytes * Math.Exp(0.8 * normal) * 3 / 4, 200, 100_000);
    }

    private static string Text(Random random, double length)
    {
        var text = new StringBuilder();
        for (var bytes = 0; bytes < length;)
        {
            var word = Words[random.Next(Words.Length)];
            text.Append(word).Append(random.Next(12) == 0 ? ".\n" : " ");
            bytes += Encoding.UTF8.GetByteCount(word) + 1;
        }

        return text.ToString();
    }

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[PictureBytes];
        random.NextBytes(bytes);
        return bytes;
    }
}
