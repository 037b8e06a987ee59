using System.Threading.Channels;

namespace LicenceChain.Node.Loop;

/// <summary>
/// The one way into the loop. What comes from outside waits for one of <see cref="MaxExternal"/> places, which is the back-pressure on clients and peers; timers
/// and workers never wait: there are only as many of their events as the loop itself has asked for.
/// </summary>
#pragma warning disable CA1001 // never disposed: a client may still ask after the node has stopped, and without its wait handle a semaphore holds nothing
internal sealed class LoopQueue
#pragma warning restore CA1001
{
    /// <summary>Events from outside that may wait: at most a gossip message of half a megabyte each.</summary>
    public const int MaxExternal = 1_024;

    private readonly Channel<Entry> _channel = Channel.CreateUnbounded<Entry>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim _places = new(MaxExternal);

    /// <summary>Adds an event that the loop has asked for. Dropped once the queue is closed.</summary>
    public void Post(NodeEvent occurrence) => _channel.Writer.TryWrite(new Entry(occurrence, false));

    /// <summary>Adds an event from outside; waits for a place. False once the queue is closed.</summary>
    public async ValueTask<bool> PostAsync(NodeEvent occurrence, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        if (_channel.Writer.TryWrite(new Entry(occurrence, true))) return true;
        _places.Release();
        return false;
    }

    /// <summary>Takes the next event if there is one.</summary>
    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out NodeEvent? occurrence)
    {
        var found = _channel.Reader.TryRead(out var entry);
        occurrence = found ? entry.Occurrence : null;
        if (found && entry.TakesPlace) _places.Release();
        return found;
    }

    /// <summary>Waits for the next event; false once the queue is closed and empty.</summary>
    public ValueTask<bool> WaitAsync() => _channel.Reader.WaitToReadAsync();

    /// <summary>Takes no further event.</summary>
    public void Close() => _channel.Writer.TryComplete();

    private readonly record struct Entry(NodeEvent Occurrence, bool TakesPlace);
}
