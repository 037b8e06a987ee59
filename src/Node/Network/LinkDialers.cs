using LicenceChain.Node.Configuration;

namespace LicenceChain.Node.Network;

/// <summary>One dialer for each peer that this node dials, begun and ended as peers come and go.</summary>
internal sealed class LinkDialers(Func<PeerConfiguration, LinkDialer> make, Action<Exception> onFault)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PeerConfiguration, Running> _running = [];
    private readonly List<Task> _ending = [];
    private bool _isStopping;

    /// <summary>Dials these peers and no others. Returns at once.</summary>
    public void Keep(IReadOnlyList<PeerConfiguration> peers)
    {
        lock (_lock)
        {
            if (_isStopping) return;
            _ending.RemoveAll(task => task.IsCompleted);
            foreach (var gone in _running.Keys.Except(peers).ToList()) End(gone);
            foreach (var peer in peers)
                if (!_running.ContainsKey(peer))
                    _running.Add(peer, Begin(peer));
        }
    }

    /// <summary>Ends all; returns once they have.</summary>
    public Task StopAsync()
    {
        lock (_lock)
        {
            _isStopping = true;
            foreach (var peer in _running.Keys.ToList()) End(peer);
            return Task.WhenAll(_ending);
        }
    }

    private Running Begin(PeerConfiguration peer)
    {
        var ending = new CancellationTokenSource();
        return new Running(ending, Task.Run(() => RunAsync(peer, ending)));
    }

    private void End(PeerConfiguration peer)
    {
        _running.Remove(peer, out var running);
        _ending.Add(running!.Task);
        _ = running.Ending.CancelAsync(); // not on the caller's time: the loop may be the caller
    }

    private async Task RunAsync(PeerConfiguration peer, CancellationTokenSource ending)
    {
        try
        {
            await make(peer).RunAsync(ending.Token);
        }
#pragma warning disable CA1031 // a dialer handles what can fail; what is left is a defect, and a node without links must not go on in silence
        catch (Exception e)
#pragma warning restore CA1031
        {
            onFault(e);
        }
    }

    private sealed record Running(CancellationTokenSource Ending, Task Task);
}
