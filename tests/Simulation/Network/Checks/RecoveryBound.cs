using LicenceChain.Consensus;
using LicenceChain.Node.Network;
using LicenceChain.Node.Sync;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Simulation.Network.Links;

namespace LicenceChain.Simulation.Network.Checks;

/// <summary>
/// How long the next block may take once the faults are over: progress within three rounds. Rounds have grown while the quorum was missing, so the bound is counted from
/// the latest round that anybody is in (C-TIMER), the one that runs included; each seat that cannot be counted on may waste one more as its proposer. Before the
/// rounds count, links are up again, whoever lags has its blocks, and votes were sent again (C-WAL).
/// </summary>
internal static class RecoveryBound
{
    /// <summary>Rounds that the promise allows.</summary>
    public const uint Rounds = 3;

    // Votes are sent again each second; a link may lose its first.
    private const ulong ResendMs = 2_000;

    // Machines are switched on, stores opened.
    private const ulong StartMs = 2_000;

    // A line that was cut is noticed at last by keep-alive, then dialled anew.
    private const ulong NoticeMs = SimulatedLinks.MostNoticeUs / SimulatedTime.Ms;

    /// <summary>In milliseconds.</summary>
    public static ulong NextBlockMs(SimulatedNetwork network, int lostSeats)
    {
        var options = new ConsensusOptions(network.Cast.Genesis.Chain, network.Checks.Governance.Parameters.RoundTimeoutMs);
        var round = network.Members.Max(m => m.Node?.Publisher.Status.Round.Value ?? 0);
        var bound = StartMs + NoticeMs + (ulong)LinkLimits.MaxRedial.TotalMilliseconds + SyncLimits.TimeoutMs + SyncLimits.LookMs + ResendMs;
        for (var i = 0U; i < Rounds + (uint)lostSeats; i++) bound += options.TimeoutOf(new Round(round + i));
        return bound;
    }

    /// <summary>All at one head: each missed block is asked for once somebody hears of a newer one, at the latest with the next heartbeat.</summary>
    public static ulong OneHeadMs(SimulatedNetwork network, int lostSeats) =>
        (2 * network.Cast.Genesis.Parameters.HeartbeatMs) + (2 * NextBlockMs(network, lostSeats));
}
