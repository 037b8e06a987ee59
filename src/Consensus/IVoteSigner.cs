using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Consensus;

/// <summary>The validator's consensus key. It signs in the context of votes and nothing else (C-SIGNED).</summary>
public interface IVoteSigner
{
    /// <summary>Which key it is.</summary>
    KeyId Key { get; }

    /// <summary>Signs <paramref name="voteBytes"/> in <c>SigningContext.Vote</c>; <paramref name="signature"/> has exactly 64 bytes.</summary>
    void Sign(ReadOnlySpan<byte> voteBytes, Span<byte> signature);
}
