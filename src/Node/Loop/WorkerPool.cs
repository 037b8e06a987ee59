namespace LicenceChain.Node.Loop;

/// <summary>
/// Threads that verify signatures. Of its own rather than the shared pool, so that consensus messages overtake a backlog of transactions. What is
/// queued is bounded by whoever submits: the mempool's intake, the messages in flight of a peer.
/// </summary>
internal sealed class WorkerPool : IVerificationPool, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<NodeWork> _urgent = new();
    private readonly Queue<NodeWork> _normal = new();
    private readonly SemaphoreSlim _available = new(0);
    private readonly Action<NodeEvent> _post;
    private readonly Thread[] _threads;
    private volatile bool _stopping;

    public WorkerPool(int threads, Action<NodeEvent> post)
    {
        _post = post;
        _threads = new Thread[threads];
        for (var i = 0; i < threads; i++)
        {
            _threads[i] = new Thread(RunAll) { Name = "verifier", IsBackground = true };
            _threads[i].Start();
        }
    }

    /// <inheritdoc/>
    public void Submit(NodeWork work)
    {
        lock (_lock) (work.IsUrgent ? _urgent : _normal).Enqueue(work);
        _available.Release();
    }

    /// <summary>Lets the running work end and drops the rest. The loop has ended before: nothing is submitted any more.</summary>
    public void Dispose()
    {
        if (_stopping) return;
        _stopping = true;
        _available.Release(_threads.Length);
        foreach (var thread in _threads) thread.Join();
        _available.Dispose();
    }

    private void RunAll()
    {
        while (true)
        {
            _available.Wait();
            if (_stopping) return;
            _post(Run(Take()));
        }
    }

    private NodeWork Take()
    {
        lock (_lock) return _urgent.Count > 0 ? _urgent.Dequeue() : _normal.Dequeue();
    }

    private static NodeEvent Run(NodeWork work)
    {
        try
        {
            return work.Run();
        }
#pragma warning disable CA1031 // whatever it is goes to the loop, which stops the node and tells why
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new NodeEvent.WorkFailed(e);
        }
    }
}
