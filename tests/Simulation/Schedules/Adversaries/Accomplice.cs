using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>
/// Votes for every block that it hears proposed or prepared, Prepare and Commit at once, and joins every round change without a claim: it helps whatever lie the others tell to a quorum.
/// </summary>
internal sealed class Accomplice : IStrategy
{
    public const string StrategyName = "accomplice";

    private readonly HashSet<(ulong Height, uint Round, Google.Protobuf.ByteString Digest)> _helped = [];

    public void OnMessage(Plot plot, ConsensusMessage message)
    {
        var vote = Known.VoteOf(message)!;
        if (!_helped.Add((vote.Height, vote.Round, vote.Digest))) return;
        if (vote.Type == VoteType.RoundChange)
        {
            plot.SendAll(plot.Pen.RoundChange(plot.Height, vote.Round));
            return;
        }

        foreach (var (round, block) in plot.Notes.Blocks)
        {
            if (round != vote.Round || !block.Header.Digest.Span.SequenceEqual(vote.Digest.Span)) continue;
            plot.SendAll(plot.Pen.Prepare(plot.Height, round, block));
            plot.SendAll(plot.Pen.Commit(plot.Height, round, block));
            return;
        }

        // Not shown to us yet: another time.
        _helped.Remove((vote.Height, vote.Round, vote.Digest));
    }
}
