using System.Buffers;
using System.Globalization;
using MailDesk.Mail.Smtp;

namespace MailDesk.Mail.Sandbox;

/// <summary>
/// BDAT (RFC 3030 §2), without BINARYMIME: the chunks are lines of text. The octets of a refused chunk are read all the same, since they
/// are on their way; where their number cannot be told, nothing after them can be told from commands and the connection ends.
/// </summary>
internal sealed partial class SandboxSmtpSession
{
    /// <summary>What has come so far; null before the first chunk.</summary>
    private ArrayBufferWriter<byte>? _chunks;

    /// <summary>A chunk was refused: whoever goes on without RSET goes on with half a message.</summary>
    private bool _chunkRefused;

    private async ValueTask ChunkAsync(string argument, CancellationToken stop)
    {
        if (ParseChunk(argument) is not var (size, isLast))
        {
            await End("501 5.5.4 BDAT size [LAST]");
            return;
        }

        await connection.FlushAsync(stop);
        if (RefusalOfChunk(size) is { } refusal)
        {
            await connection.SkipAsync(size, stop);
            await RefuseChunk(refusal);
            return;
        }

        _chunks ??= new ArrayBufferWriter<byte>(8 * 1024);
        await connection.ReadToAsync(_chunks, size, stop);
        if (!isLast)
        {
            await Reply($"250 2.0.0 {size} octets");
            return;
        }

        var data = new SmtpData(_chunks.WrittenMemory); // bare line ends become CRLF, as they do in DATA
        if (data.Size > site.Options.MaxMessageBytes)
        {
            await RefuseChunk(TooLarge);
            return;
        }

        await AcceptAsync(data.ForChunk(), stop);
        Forget();
    }

    private string TooLarge => $"552 5.3.4 At most {site.Options.MaxMessageBytes} octets";

    private static (long Size, bool IsLast)? ParseChunk(string argument)
    {
        var words = argument.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var isLast = words is [_, var last] && last.Equals("LAST", StringComparison.OrdinalIgnoreCase);
        return (words.Length == 1 || isLast) && long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? (size, isLast) : null;
    }

    private string? RefusalOfChunk(long size)
    {
        if (!_extended) return "503 5.5.1 Say EHLO first";
        if (_sender is null) return "503 5.5.1 Say MAIL first";
        if (_chunkRefused) return "503 5.5.1 Say RSET first";
        if (_recipients.Count == 0 && _afterData is null) return "554 5.5.1 No valid recipients";
        return size > site.Options.MaxMessageBytes - (_chunks?.WrittenCount ?? 0) ? TooLarge : null;
    }

    private ValueTask RefuseChunk(string reply)
    {
        (_chunks, _chunkRefused) = (null, true);
        return Error(reply);
    }
}
