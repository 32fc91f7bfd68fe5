using System.Buffers;
using System.Buffers.Text;

namespace MailDesk.Mail.Sandbox;

/// <summary>
/// Reads whole commands, literals included, exactly as they travel (RFC 3501 §2.2.1, §4.3; RFC 7888 for <c>{n+}</c>). Knows no command.
/// <para>Invariants: a client that waits for leave to send a literal is answered, with "+" or by the refusal of its command; a literal
/// that it sends without asking and that is over the limit ends the session, since nothing else bounds what would follow.</para>
/// </summary>
internal sealed class ImapCommandReader(SandboxConnection connection)
{
    /// <summary>Long sets of UIDs come on one line; RFC 7162 §4 advises at least 8000 octets.</summary>
    private const int MaxLine = 64 * 1024;

    /// <summary>Lines and small literals of one command together.</summary>
    private const int MaxCommand = 1024 * 1024;

    /// <param name="maxLiteral">The largest literal allowed now.</param>
    public async ValueTask<ImapArguments> ReadAsync(long maxLiteral, CancellationToken stop)
    {
        var text = new ArrayBufferWriter<byte>(256);
        long literals = 0;
        while (true)
        {
            if (!connection.HasBufferedInput) await connection.FlushAsync(stop);
            var line = await connection.ReadLineAsync(MaxLine, stop);
            text.Write(line.Bytes.Span);
            if (line.End == LineEnd.None || text.WrittenCount - literals > MaxCommand)
            {
                while (line.End == LineEnd.None) line = await connection.ReadLineAsync(MaxLine, stop);
                return new ImapArguments(text.WrittenMemory) { Problem = "BAD Command line too long" };
            }

            if (LiteralAt(text.WrittenSpan) is not (var length, var asks)) return new ImapArguments(text.WrittenMemory);
            if (literals + length > maxLiteral)
            {
                return new ImapArguments(text.WrittenMemory) { Problem = "NO [TOOBIG] The literal is too big", EndsSession = !asks }; // RFC 7889 §5
            }

            text.Write("\r\n"u8);
            if (asks) await connection.Write("+ Go on\r\n").FlushAsync(stop);
            await connection.ReadToAsync(text, length, stop);
            literals += length;
        }
    }

    /// <summary>The length in a literal's announcement at the end of the line, and whether the client waits for leave to send it.</summary>
    private static (long Length, bool Asks)? LiteralAt(ReadOnlySpan<byte> line)
    {
        if (line is not [.., (byte)'}'] || line.LastIndexOf((byte)'{') is not (>= 0 and var open)) return null;
        var digits = line[(open + 1)..^1];
        var asks = digits is not [.., (byte)'+'];
        if (!asks) digits = digits[..^1];
        return Utf8Parser.TryParse(digits, out uint length, out var used) && used == digits.Length ? (length, asks) : null;
    }
}
