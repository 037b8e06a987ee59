using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Proofs;

/// <summary>What a verifier trusts to begin with: a chain, its genesis, and the set that decides the blocks above a height.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="GenesisHash">SM3 of the genesis document.</param>
/// <param name="Height">The set decides from the height above this one.</param>
/// <param name="Validators">That set.</param>
public sealed record TrustAnchor(ChainId Chain, Hash256 GenesisHash, Height Height, ValidatorSet Validators)
{
    /// <summary>Reads an anchor file or message; false unless every part is sound.</summary>
    public static bool TryFrom(TrustAnchorMessage? message, [NotNullWhen(true)] out TrustAnchor? anchor)
    {
        anchor = message is not null
            && ChainId.TryParse(message.ChainId, out var chain)
            && Hash256.TryFrom(message.GenesisHash.Span, out var genesis)
            && ValidatorSet.TryFrom(message.Validators, out var validators)
            ? new TrustAnchor(chain, genesis, new Height(message.Height), validators)
            : null;
        return anchor is not null;
    }

    /// <summary>The anchor as it is written.</summary>
    public TrustAnchorMessage ToMessage() => new()
    {
        ChainId = Chain.Value,
        GenesisHash = ByteString.CopyFrom(GenesisHash.Span),
        Height = Height.Value,
        Validators = Validators.ToMessage(),
    };

    /// <summary>
    /// Follows one header (rule C-CHANGE): true when the header is the next one above the anchor or any later one that the anchor's set still decides,
    /// the certificate is valid, and <paramref name="next"/> (needed only where the set changes) is the set that the header names.
    /// </summary>
    public bool TryAdvance(BlockHeader header, CommitCertificate certificate, ValidatorSet? next, [NotNullWhen(true)] out TrustAnchor? advanced)
    {
        advanced = null;
        if (!HeaderCheck.IsCertified(this, header, certificate)) return false;
        var successor = header.Fields.NextValidatorsHash == Validators.Hash ? Validators : next;
        if (successor is null || successor.Hash != header.Fields.NextValidatorsHash) return false;
        advanced = this with { Height = header.Height, Validators = successor };
        return true;
    }
}
