using Google.Protobuf;
using LicenceChain.Consensus.Outputs;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Schedules.Adversaries;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules.Mutations;

/// <summary>Correct validators that leave out of their RoundChange what they prepared.</summary>
internal sealed class DroppedLock(Bench bench) : Mutation
{
    public override IReadOnlyList<ConsensusOutput> Rewrite(Host host, IReadOnlyList<ConsensusOutput> outputs) =>
    [
        .. outputs.Select(output => output switch
        {
            AppendLog append when Without(host, append.Record.Message.Memory) is { } bytes => new AppendLog(new WalRecordMessage { Message = ByteString.CopyFrom(bytes) }),
            Broadcast broadcast when Without(host, broadcast.Message) is { } bytes => new Broadcast(bytes),
            _ => output,
        }),
    ];

    private byte[]? Without(Host host, ReadOnlyMemory<byte> message)
    {
        var vote = bench.Read(message).Vote;
        return vote is { Type: VoteType.RoundChange, PreparedRoundPlusOne: > 0 } ? new Pen(host.Seat, bench.Signers[host.Seat]).RoundChange(new Height(vote.Height), vote.Round) : null;
    }
}
