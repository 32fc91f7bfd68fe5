using System.Security.Cryptography;
using MailDesk.Mail.Mime;

namespace MailDesk.Worker.Intake;

/// <summary>
/// Takes a message of any size as it streams from the server and keeps only its beginning, which has the headers and in a report the verdict,
/// and the hash that tells it from others. Memory is bounded by <see cref="Kept"/>.
/// </summary>
public sealed class LargeMailStream : Stream
{
    /// <summary>Octets that are kept.</summary>
    public const int Kept = 256 * 1024;

    private readonly byte[] _beginning = new byte[Kept];
    private int _kept;
    private IncrementalHash? _hash;

    /// <summary>Octets that have come.</summary>
    public long Size { get; private set; }

    public ReadOnlyMemory<byte> Beginning => _beginning.AsMemory(0, _kept);

    /// <summary>What <see cref="IncomingMail.ContentHash"/> is of a message that is read in whole. To be asked once, at the end.</summary>
    public byte[] ContentHash()
    {
        _hash ??= BeginHash();
        return _hash.GetHashAndReset();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Size += buffer.Length;
        var room = Math.Min(Kept - _kept, buffer.Length);
        buffer[..room].CopyTo(_beginning.AsSpan(_kept));
        _kept += room;
        if (room == buffer.Length) return;
        _hash ??= BeginHash();
        _hash.AppendData(buffer[room..]);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    private IncrementalHash BeginHash() => IncomingMail.BeginHash(MimeParser.Parse(Beginning).Headers, Beginning.Span);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _hash?.Dispose();
        base.Dispose(disposing);
    }
}
