using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.BlockProduction;

/// <summary>What the next block builds on. Not the block itself, which may be damaged on the disk, or never have been here (a node that joined by a snapshot).</summary>
/// <param name="Header">Its header.</param>
/// <param name="Certificate">Why it is decided; null only at height 0.</param>
internal sealed record ChainHead(BlockHeader Header, CommitCertificate? Certificate)
{
    /// <summary>Its height.</summary>
    public Height Height => Header.Height;

    /// <summary>The head that a block is.</summary>
    public static ChainHead Of(CommittedBlock block) => new(block.Block.Header, block.Certificate);
}
