using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Consensus.Messages;

/// <summary>prepared = (r, B, certificate): a block with Q Prepares of one round.</summary>
internal sealed record PreparedCertificate(Round Round, Block Block, IReadOnlyList<VerifiedVote> Prepares)
{
    public Hash256 Digest => Block.Header.Digest;
}
