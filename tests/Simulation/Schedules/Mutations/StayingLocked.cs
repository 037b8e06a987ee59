using LicenceChain.Consensus.Outputs;
using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules.Mutations;

/// <summary>Correct validators that, once they committed to a block, never vote for another at that height, whatever is proven to them (dBFT 2, IBFT 1).</summary>
internal sealed class StayingLocked(Bench bench) : Mutation
{
    private readonly Dictionary<(int Host, ulong Height), VoteMessage> _locked = [];

    public override IReadOnlyList<ConsensusOutput> Rewrite(Host host, IReadOnlyList<ConsensusOutput> outputs) => [.. outputs.Where(output => Passes(host, output))];

    private bool Passes(Host host, ConsensusOutput output)
    {
        var bytes = output switch
        {
            AppendLog append => append.Record.Message.Memory,
            Broadcast broadcast => broadcast.Message,
            _ => default,
        };
        if (bytes.IsEmpty || bench.Read(bytes).Vote is not { } vote) return true;
        var isLocked = _locked.TryGetValue((host.Index, vote.Height), out var first);
        if (vote.Type == VoteType.Commit && !isLocked) _locked.Add((host.Index, vote.Height), vote);
        return !isLocked || vote.Type is not (VoteType.Prepare or VoteType.Commit) || vote.Digest.Equals(first!.Digest);
    }
}
