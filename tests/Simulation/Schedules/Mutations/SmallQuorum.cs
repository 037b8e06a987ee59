using Google.Protobuf;
using LicenceChain.Consensus.Inputs;
using LicenceChain.Consensus.Messages;
using LicenceChain.Consensus.Outputs;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Consensus.Tests.Cluster;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules.Mutations;

/// <summary>
/// A quorum of <paramref name="enough"/> instead of Q: once so many votes for one thing are there, the host is handed the missing ones, signed with the others' keys.
/// With enough = 2f+1 that is the error that C-QUORUM names; with enough = 1 for RoundChanges only, it is a round jump that one validator can cause.
/// </summary>
internal sealed class SmallQuorum(Bench bench, int enough, int handed, params VoteType[] types) : Mutation
{
    private readonly Dictionary<(int Host, ulong Height, VoteType Type, uint Round, ByteString Digest), HashSet<uint>> _seen = [];

    public override IEnumerable<VerifiedMessage> Believes(Host host, ConsensusInput input)
    {
        if (input is not MessageReceived { Message: { } message }) return [];
        return Complete(host, bench.Read(message.Bytes));
    }

    public override IReadOnlyList<ConsensusOutput> Rewrite(Host host, IReadOnlyList<ConsensusOutput> outputs)
    {
        foreach (var output in outputs)
            if (output is AppendLog append)
                Note(host, bench.Read(append.Record.Message.Memory).Vote!);
        return outputs;
    }

    private List<VerifiedMessage> Complete(Host host, Known message)
    {
        var vote = message.Vote!;
        if (!types.Contains(vote.Type)) return [];
        var signers = Note(host, vote);
        if (signers.Count != enough) return [];
        var missing = Enumerable.Range(0, bench.Set.Count).Select(seat => (uint)seat).Where(seat => !signers.Contains(seat)).Take(handed - enough).ToList();
        return [.. missing.Select(seat => bench.Read(Forge(vote, seat)).Verified).OfType<VerifiedMessage>()];
    }

    private HashSet<uint> Note(Host host, VoteMessage vote)
    {
        var key = (host.Index, vote.Height, vote.Type, vote.Round, vote.Digest);
        if (!_seen.TryGetValue(key, out var signers)) _seen.Add(key, signers = []);
        signers.Add(vote.Validator);
        return signers;
    }

    private byte[] Forge(VoteMessage like, uint seat)
    {
        var vote = new VoteMessage { Type = like.Type, Height = like.Height, Round = like.Round, Digest = like.Digest, Validator = seat };
        _ = Hash256.TryFrom(like.Digest.Span, out var digest);
        Span<byte> bytes = stackalloc byte[VoteBytes.MaxSize];
        var length = VoteBytes.Write(bytes, TestKeys.Chain, like.Type, new Height(like.Height), new Round(like.Round), digest);
        Span<byte> signature = stackalloc byte[Sm2Signature.Size];
        bench.Signers[(int)seat].Sign(bytes[..length], signature);
        vote.Signature = ByteString.CopyFrom(signature);
        var message = like.Type switch
        {
            VoteType.Prepare => new ConsensusMessage { Prepare = vote },
            VoteType.Commit => new ConsensusMessage { Commit = vote },
            _ => new ConsensusMessage { RoundChange = new RoundChangeMessage { Vote = vote } },
        };
        return message.ToByteArray();
    }
}
