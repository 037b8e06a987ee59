using Google.Protobuf;
using LicenceChain.Consensus.Tests.Solo;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Model;

/// <summary>Writes what a seat with a planted bug would send instead.</summary>
internal static class FlawedWriter
{
    public static ReadOnlyMemory<byte> WithoutClaim(Instance instance, ReadOnlyMemory<byte> bytes)
    {
        var message = ConsensusMessage.Parser.ParseFrom(bytes.Span);
        if (message.RoundChange is not { Vote.PreparedRoundPlusOne: > 0 } change) return bytes;
        return new Forge(instance.Set, instance.Head.Height.Next).RoundChange((int)change.Vote.Validator, change.Vote.Round);
    }
}
