namespace MailDesk.Mail.Tests.Mime;

/// <summary>Damages octets, the same way for the same seed: what transports, filters and attackers do to messages.</summary>
internal static class Mutation
{
    private static readonly byte[][] Fragments =
    [
        .. new[]
        {
            "\r\n", "\n", "\r", "\0", "=?utf-8?B?", "=?utf-8?Q?=0D=0A?=", "?=", "\"", "(", "<", ">", ",", ";", ":", "=", "--", "\r\n--", "\r\n\r\n", " ",
            "Content-Type: multipart/mixed; boundary=x\r\n", "Content-Transfer-Encoding: base64\r\n", "filename*0*=utf-8''%", "\\", "\u0000", "é",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
        [0xFF, 0xFE],
        [0xD0],
    ];

    public static byte[] Of(byte[] message, byte[] other, int seed)
    {
        var random = new Random(seed);
        var octets = new List<byte>(message);
        for (var changes = random.Next(1, 8); changes > 0 && octets.Count > 0; changes--)
        {
            var at = random.Next(octets.Count);
            switch (random.Next(6))
            {
                case 0:
                    octets[at] = (byte)random.Next(256);
                    break;
                case 1:
                    octets.InsertRange(at, Fragments[random.Next(Fragments.Length)]);
                    break;
                case 2:
                    octets.RemoveRange(at, Math.Min(random.Next(1, 40), octets.Count - at));
                    break;
                case 3:
                    octets.InsertRange(at, octets.GetRange(at, Math.Min(random.Next(1, 200), octets.Count - at)));
                    break;
                case 4:
                    var from = random.Next(other.Length);
                    octets.InsertRange(at, other.AsSpan(from, Math.Min(random.Next(1, 300), other.Length - from)).ToArray());
                    break;
                default:
                    octets.RemoveRange(at, octets.Count - at);
                    break;
            }
        }

        return [.. octets];
    }
}
