using System.Diagnostics.CodeAnalysis;

namespace LicenceChain.Node.Loop;

/// <summary>
/// The one way into the loop. Transactions from clients and peers wait for one of <see cref="MaxExternal"/> places, which is the back-pressure; what consensus,
/// timers and sync bring overtakes them, so that a flood of transactions delays no vote. Of those there are only as many as the loop and its peers' bounds allow.
/// </summary>
#pragma warning disable CA1001 // never disposed: a client may still ask after the node has stopped, and without its wait handle a semaphore holds nothing
internal sealed class LoopQueue
#pragma warning restore CA1001
{
    /// <summary>Events from outside that may wait: at most a gossip message of half a megabyte each.</summary>
    public const int MaxExternal = 1_024;

    private readonly SemaphoreSlim _places = new(MaxExternal);
    private readonly object _monitor = new();
    private readonly Queue<Entry> _urgent = new();
    private readonly Queue<Entry> _normal = new();
    private bool _isClosed;

    /// <summary>Adds an event that the loop has asked for. Dropped once the queue is closed.</summary>
    public void Post(NodeEvent occurrence) => TryAdd(new Entry(occurrence, false));

    /// <summary>Adds an event from outside; waits for a place. False once the queue is closed.</summary>
    public async ValueTask<bool> PostAsync(NodeEvent occurrence, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        if (TryAdd(new Entry(occurrence, true))) return true;
        _places.Release();
        return false;
    }

    /// <summary>Takes the next event if there is one.</summary>
    public bool TryTake([NotNullWhen(true)] out NodeEvent? occurrence)
    {
        Entry entry;
        lock (_monitor)
        {
            if (!_urgent.TryDequeue(out entry) && !_normal.TryDequeue(out entry))
            {
                occurrence = null;
                return false;
            }
        }

        if (entry.TakesPlace) _places.Release();
        occurrence = entry.Occurrence;
        return true;
    }

    /// <summary>Blocks the loop's thread until there is an event; false once the queue is closed and empty.</summary>
    public bool Wait()
    {
        lock (_monitor)
        {
            while (_urgent.Count + _normal.Count == 0 && !_isClosed) Monitor.Wait(_monitor);
            return _urgent.Count + _normal.Count > 0;
        }
    }

    /// <summary>Takes no further event.</summary>
    public void Close()
    {
        lock (_monitor)
        {
            _isClosed = true;
            Monitor.PulseAll(_monitor);
        }
    }

    private bool TryAdd(Entry entry)
    {
        lock (_monitor)
        {
            if (_isClosed) return false;
            (IsUrgent(entry.Occurrence) ? _urgent : _normal).Enqueue(entry);
            Monitor.Pulse(_monitor);
            return true;
        }
    }

    // The end comes after everything else too.
    private static bool IsUrgent(NodeEvent occurrence) =>
        occurrence is not (NodeEvent.TransactionSubmitted or NodeEvent.TransactionsGossiped or NodeEvent.TransactionsVerified or NodeEvent.Stopping);

    private readonly record struct Entry(NodeEvent Occurrence, bool TakesPlace);
}
