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
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private ImmutableSortedSet<string> _names = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Ascending.</summary>
    public ImmutableSortedSet<string> Current => Volatile.Read(ref _names);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        EventCursor? last = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var events = last is { } seen
                    ? nodes.Own.ResumeEventsAsync(seen, Types, follow: true, stoppingToken)
                    : nodes.Own.FollowEventsAsync(new Height(0), Types, follow: true, stoppingToken);
                await foreach (var one in events)
                {
                    last = one.Cursor;
                    if (Current.Count < MaxNames) Volatile.Write(ref _names, Current.Add(one.Subject));
                }
            }
            catch (LicenceChainException lost)
            {
                Log.EventsLost(logger, lost.Code);
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
    }
}
