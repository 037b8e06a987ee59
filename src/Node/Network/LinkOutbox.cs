using System.Threading.Channels;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Network;

/// <summary>What waits to be sent to one peer. Consensus goes before gossip and chunks of snapshots; beyond the bounds the oldest goes. Adding never waits.</summary>
internal sealed class LinkOutbox
{
    private readonly Lock _lock = new();
    private readonly Queue<(LinkMessage Message, int Size)> _urgent = new();
    private readonly Queue<(LinkMessage Message, int Size)> _gossip = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private long _urgentBytes;

    /// <summary>Adds a message.</summary>
    public void Add(LinkMessage message)
    {
        var size = message.CalculateSize();
        lock (_lock)
        {
            if (message.ContentCase is LinkMessage.ContentOneofCase.Transactions or LinkMessage.ContentOneofCase.SnapshotChunk)
            {
                if (_gossip.Count == LinkLimits.GossipMessages) _gossip.Dequeue();
                _gossip.Enqueue((message, size));
            }
            else
            {
                while (_urgent.Count > 0 && (_urgent.Count >= LinkLimits.QueueMessages || _urgentBytes + size > LinkLimits.QueueBytes)) _urgentBytes -= _urgent.Dequeue().Size;
                _urgent.Enqueue((message, size));
                _urgentBytes += size;
            }

        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>The next frame: all that waits, up to a frame's bounds. Waits while nothing does.</summary>
    public async Task<LinkFrame> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _signal.Reader.ReadAsync(cancellationToken);
            lock (_lock)
            {
                var frame = new LinkFrame();
                var room = LinkLimits.FrameBytes;
                _urgentBytes -= Move(_urgent, frame, ref room);
                Move(_gossip, frame, ref room);
                if (_urgent.Count + _gossip.Count > 0) _signal.Writer.TryWrite(true);
                if (frame.Messages.Count > 0) return frame;
            }
        }
    }

    private static long Move(Queue<(LinkMessage Message, int Size)> queue, LinkFrame frame, ref int room)
    {
        var moved = 0L;
        while (frame.Messages.Count < LinkLimits.FrameMessages && queue.TryPeek(out var next) && (next.Size <= room || frame.Messages.Count == 0))
        {
            queue.Dequeue();
            frame.Messages.Add(next.Message);
            room -= next.Size;
            moved += next.Size;
        }

        return moved;
    }
}
