using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Messages;

/// <summary>Verifies the signature of every vote that it is asked for, with SM2.</summary>
public sealed class VoteSignatures : IVoteSignatures
{
    /// <summary>It has no state.</summary>
    public static readonly VoteSignatures Instance = new();

    private VoteSignatures()
    {
    }

    /// <inheritdoc/>
    public bool IsSigned(VoteMessage vote, in VoteContent content, ChainId chain, Sm2PublicKey key) => content.IsSigned(vote, chain, key);
}
