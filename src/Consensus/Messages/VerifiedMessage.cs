using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Messages;

/// <summary>
/// A consensus message in which everything that needs no state was verified. Only <see cref="MessageVerifier"/>, and the state
/// machine for its own votes, can make one. Immutable.
/// </summary>
public sealed class VerifiedMessage
{
    internal VerifiedMessage(
        VerifiedVote vote, Hash256 validatorsHash, ReadOnlyMemory<byte> bytes, Block? block = null, IReadOnlyList<VerifiedVote>? roundChanges = null, IReadOnlyList<VerifiedVote>? prepares = null)
    {
        Vote = vote;
        ValidatorsHash = validatorsHash;
        Bytes = bytes;
        Block = block;
        RoundChanges = roundChanges ?? [];
        Prepares = prepares ?? [];
    }

    /// <summary>Proposal, Prepare, Commit or RoundChange.</summary>
    public VoteType Type => Vote.Type;

    /// <summary>The height that it votes on.</summary>
    public Height Height => Vote.Height;

    /// <summary>The round that it votes in.</summary>
    public Round Round => Vote.Round;

    /// <summary>Index of the sender in the set it was verified against.</summary>
    public int Validator => Vote.Validator;

    /// <summary>Of the set it was verified against.</summary>
    public Hash256 ValidatorsHash { get; }

    /// <summary>The exact encoding of ConsensusMessage.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>A Proposal's block, or that of a RoundChange's claim.</summary>
    public Block? Block { get; }

    internal VerifiedVote Vote { get; }

    /// <summary>C-JUSTIFIED: a Proposal's Q RoundChanges; empty in round 0.</summary>
    internal IReadOnlyList<VerifiedVote> RoundChanges { get; }

    /// <summary>The Q Prepares of the claim, of a Proposal or RoundChange; empty when nothing was prepared.</summary>
    internal IReadOnlyList<VerifiedVote> Prepares { get; }
}
