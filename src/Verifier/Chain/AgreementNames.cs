using System.Collections.Immutable;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Sdk;
using LicenceChain.Sdk.Client;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Verifier.Chain;

/// <summary>
/// Which agreements there are, learned from the chain's events. Names only: what an agreement says is proven with each request. A node that hides a
/// name makes the Verifier refuse, never accept.
/// </summary>
internal sealed class AgreementNames(NodeSet nodes, TimeProvider clock, ILogger<AgreementNames> logger) : BackgroundService
{
    /// <summary>Most agreements that one proof asks about, beside the other keys (of 64).</summary>
    public const int MaxNames = 48;

    private static readonly string[] Types = ["agreement.proposed", "agreement.accepted", "agreement.in-force"];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(5); // the history of agreements is short

    private readonly TaskCompletionSource _caughtUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ImmutableSortedSet<string> _names = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);
    private EventCursor? _last;

    /// <summary>Ascending; waits until the events were read to the head once.</summary>
    /// <exception cref="LicenceChainException">No node told them in time.</exception>
    public async ValueTask<ImmutableSortedSet<string>> CurrentAsync(CancellationToken cancellation)
    {
        try
        {
            await _caughtUp.Task.WaitAsync(MaxWait, clock, cancellation);
            return Volatile.Read(ref _names);
        }
        catch (TimeoutException late)
        {
            throw new LicenceChainException(SdkCodes.Unreachable, "No node told which agreements there are.", null, late);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var node = 0; !stoppingToken.IsCancellationRequested; node = (node + 1) % nodes.All.Count)
        {
            try
            {
                await ReadAsync(nodes.All[node], follow: false, stoppingToken);
                _caughtUp.TrySetResult();
                await ReadAsync(nodes.All[node], follow: true, stoppingToken);
            }
            catch (LicenceChainException lost)
            {
                Log.EventsLost(logger, lost.Code);
                await Task.Delay(Pause, clock, stoppingToken); // then the next node: events stand at the same places everywhere
            }
        }
    }

    private async Task ReadAsync(LicenceChainClient node, bool follow, CancellationToken cancellation)
    {
        var events = _last is { } last
            ? node.ResumeEventsAsync(last, Types, follow, cancellation)
            : node.FollowEventsAsync(new Height(0), Types, follow, cancellation);
        await foreach (var one in events)
        {
            _last = one.Cursor;
            if (_names.Count < MaxNames) Volatile.Write(ref _names, _names.Add(one.Subject));
        }
    }
}
