using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Messages;

/// <summary>
/// C-SIGNED: who says whether a single vote is signed. Production verifies each (<see cref="VoteSignatures"/>); what runs many nodes in one process may remember what one of
/// them found, since the answer depends on nothing but the arguments.
/// </summary>
public interface IVoteSignatures
{
    /// <summary>True when the signature of <paramref name="vote"/>, which was read as <paramref name="content"/>, is <paramref name="key"/>'s.</summary>
    bool IsSigned(VoteMessage vote, in VoteContent content, ChainId chain, Sm2PublicKey key);
}
