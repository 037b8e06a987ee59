namespace LicenceChain.Node.Loop;

/// <summary>Drives the loop from its queue on a thread of its own.</summary>
internal sealed class LoopThread
{
    // Events handled before what was gathered goes out, when the queue never runs dry.
    private const int MaxRun = 256;

    private readonly LoopQueue _queue;
    private readonly NodeLoop _loop;
    private readonly Action<Exception> _onFault;
    private readonly Thread _thread;

    public LoopThread(LoopQueue queue, NodeLoop loop, Action<Exception> onFault)
    {
        _queue = queue;
        _loop = loop;
        _onFault = onFault;
        _thread = new Thread(Run) { Name = "node-loop", IsBackground = true };
    }

    /// <summary>Starts it.</summary>
    public void Start() => _thread.Start();

    /// <summary>Returns once the queue is closed and everything in it was handled, or the loop has faulted.</summary>
    public void Join() => _thread.Join();

    private void Run()
    {
        try
        {
            while (_queue.Wait())
            {
                for (var handled = 0; handled < MaxRun && _queue.TryTake(out var next); handled++) _loop.Handle(next);
                _loop.Handle(NodeEvent.QueueDrained.Instance);
            }
        }
#pragma warning disable CA1031 // whatever breaks the loop stops the node and is told: rule 12
        catch (Exception e)
#pragma warning restore CA1031
        {
            Abandon(e);
            _onFault(e);
        }
    }

    private void Abandon(Exception cause)
    {
        _queue.Close();
        _loop.Abandon(cause);
        while (_queue.TryTake(out var left))
            if (left is NodeEvent.TransactionSubmitted submitted)
                submitted.Submission.Complete(SubmitResult.Refused(submitted.Transaction.Id, NodeCodes.StoppingRefusal));
    }
}
