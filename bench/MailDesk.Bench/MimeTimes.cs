using System.Diagnostics;
using System.Globalization;
using MailDesk.Mail.Mime;
using MailDesk.TestServers;

namespace MailDesk.Bench;

/// <summary>How fast messages are read, on one thread: the corpus beside the repository, and letters of everyday size.</summary>
internal static class MimeTimes
{
    private const int EverydayBytes = 4096;
    private const int Everyday = 2000;
    private static readonly TimeSpan Spell = TimeSpan.FromSeconds(3);

    public static void Run(TextWriter output)
    {
        var corpus = Corpus();
        Print(output, "corpus, parsed", corpus, message => MimeParser.Parse(message));
        Print(output, "corpus, all parts decoded", corpus, Decode);
        var everyday = Enumerable.Range(0, Everyday).Select(i => Mixture.Everyday(i, EverydayBytes)).ToList();
        Print(output, "everyday letters, parsed", everyday, message => MimeParser.Parse(message));
        Print(output, "everyday letters, all parts decoded", everyday, Decode);
    }

    /// <summary>Every leaf's octets, and the characters of what is text; subject, addresses and date as a reader asks for them.</summary>
    private static void Decode(byte[] raw)
    {
        var message = MimeParser.Parse(raw);
        _ = (message.Subject, message.From, message.To, message.Date, message.MessageId);
        foreach (var part in message.Parts)
        {
            if (part.ContentType is { Type: "text" }) _ = part.DecodeText();
            else _ = part.Decode();
        }
    }

    private static void Print(TextWriter output, string what, List<byte[]> messages, Action<byte[]> read)
    {
        foreach (var message in messages) read(message);
        var (rounds, before, start) = (0, GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        for (; Stopwatch.GetElapsedTime(start) < Spell; rounds++)
        {
            foreach (var message in messages) read(message);
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var count = (double)rounds * messages.Count;
        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / count;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what,-40} {rounds * messages.Sum(m => (double)m.Length) / seconds / 1e6,7:0} MB/s {count / seconds,9:0} messages/s {allocated / 1024,8:0.0} KB allocated a message of {messages.Average(m => m.Length) / 1024:0.0} KB"));
    }

    private static List<byte[]> Corpus()
    {
        var folder = Upwards.Find(Path.Combine("shared", "corpus"), Directory.Exists) ?? throw new InvalidOperationException("shared/corpus is not there");
        return [.. Directory.GetFiles(folder, "*.eml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
    }
}
