using LicenceChain.Consensus;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Standings;

namespace LicenceChain.Node.Signing;

/// <summary>The node's own key: votes, standings and the identity on links, each in its own signing context.</summary>
internal sealed class NodeSigner(Sm2PrivateKey key) : IVoteSigner
{
    /// <inheritdoc/>
    public KeyId Key => key.PublicKey.Id;

    /// <summary>The public half.</summary>
    public Sm2PublicKey PublicKey => key.PublicKey;

    /// <inheritdoc/>
    public void Sign(ReadOnlySpan<byte> voteBytes, Span<byte> signature) => key.Sign(SigningContext.Vote, voteBytes, signature);

    /// <summary>Signs what proves this node's identity on a link.</summary>
    public void SignLink(ReadOnlySpan<byte> statement, Span<byte> signature) => key.Sign(SigningContext.Link, statement, signature);

    /// <summary>C-ALARM: signs what this node says of itself.</summary>
    public SignedStanding SignStanding(NodeStanding standing) =>
        SignedStanding.Of(standing, key.PublicKey, (bytes, signature) => key.Sign(SigningContext.Standing, bytes, signature));
}
