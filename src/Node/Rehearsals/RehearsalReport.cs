using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Rehearsals;

/// <summary>What executing a chain's blocks again came to.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="From">First block executed.</param>
/// <param name="To">Last block executed with equal roots.</param>
/// <param name="Transactions">In those blocks.</param>
/// <param name="LastDigest">Of the header of the last one.</param>
/// <param name="StateRoot">After it.</param>
/// <param name="Difference">Where the roots are others, in plain words; empty when all are equal.</param>
public sealed record RehearsalReport(ChainId Chain, Height From, Height To, long Transactions, Hash256 LastDigest, Hash256 StateRoot, string Difference)
{
    /// <summary>What a member attests (membership.attest).</summary>
    public AttestRehearsal ToArguments() => new()
    {
        HighestVersion = Protocol.ProtocolVersions.Supported.Highest,
        Program = ProgramVersion.Text,
        FromHeight = From.Value,
        ToHeight = To.Value,
        LastDigest = Google.Protobuf.ByteString.CopyFrom(LastDigest.Span),
        StateRoot = Google.Protobuf.ByteString.CopyFrom(StateRoot.Span),
    };
}
