using System.Threading.Channels;

namespace MailDesk.Mail.Sandbox;

/// <summary>What all sessions of one server share.</summary>
internal sealed class SandboxSite(SandboxOptions options, TimeProvider time)
{
    /// <summary>Deliveries that nobody reads must not pile up: the oldest are forgotten.</summary>
    private const int RememberedDeliveries = 1000;

    private readonly Channel<DeliveredMessage> _deliveries = Channel.CreateBounded<DeliveredMessage>(
        new BoundedChannelOptions(RememberedDeliveries) { FullMode = BoundedChannelFullMode.DropOldest });

    private int _messages;

    public SandboxOptions Options => options;

    public TimeProvider Time => time;

    public string Name => options.AuthservId;

    public ChannelReader<DeliveredMessage> Deliveries => _deliveries.Reader;

    public string NextQueueId() => $"{time.GetUtcNow().ToUnixTimeSeconds():x}-{Interlocked.Increment(ref _messages):x}";

    public void Delivered(DeliveredMessage message) => _deliveries.Writer.TryWrite(message);

    public void Close() => _deliveries.Writer.TryComplete();
}
