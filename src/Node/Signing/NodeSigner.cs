using LicenceChain.Consensus;
using LicenceChain.Hosting.Files;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Standings;

namespace LicenceChain.Node.Signing;

/// <summary>
/// The node's own keys: votes, standings and the identity on links, each in its own signing context. While its consensus key is being replaced (ADR 0017) a node holds two: the
/// one that has a seat votes, and the one that peers know stands for it on links. The loop switches; links sign on threads of their own.
/// </summary>
internal sealed class NodeSigner : IVoteSigner
{
    /// <summary>Most keys that a link's identity is proven by: the present one, its successor, and two that were left in the keystore.</summary>
    public const int MaxKeys = 4;

    private readonly IReadOnlyList<Sm2PrivateKey> _keys;
    private volatile Sm2PrivateKey _voting;
    private volatile Sm2PrivateKey _linking;

    /// <summary>A node of one or more keys; until it is told otherwise it uses the first for everything.</summary>
    public NodeSigner(params IReadOnlyList<Sm2PrivateKey> keys)
    {
        _keys = keys;
        _voting = _linking = keys[0];
    }

    /// <summary>
    /// The signer of a keystore: the key of this name, and any that is about to replace it, labelled like it with a suffix, for example consensus-2 (docs/operations).
    /// </summary>
    public static NodeSigner Of(KeystoreFile keys, string name) =>
        new([keys.Key(name), .. keys.Entries.Where(entry => entry.Label.StartsWith(name + "-", StringComparison.Ordinal)).Select(entry => entry.Key)]);

    /// <inheritdoc/>
    public KeyId Key => _voting.PublicKey.Id;

    /// <summary>The identity on links.</summary>
    public Sm2PublicKey LinkKey => _linking.PublicKey;

    /// <summary>True for a key of this node.</summary>
    public bool Owns(KeyId key) => _keys.Any(one => one.PublicKey.Id == key);

    /// <summary>Votes with the key that has a seat in <paramref name="set"/>; without one, with the last that had.</summary>
    public void UseFor(ValidatorSet set) => _voting = _keys.FirstOrDefault(one => set.TryIndexOf(one.PublicKey.Id, out _)) ?? _voting;

    /// <summary>Shows peers the key that they know; the first one where <paramref name="known"/> is null.</summary>
    public void LinkAs(KeyId? known) => _linking = _keys.FirstOrDefault(one => one.PublicKey.Id == known) ?? _keys[0];

    /// <inheritdoc/>
    public void Sign(ReadOnlySpan<byte> voteBytes, Span<byte> signature) => _voting.Sign(SigningContext.Vote, voteBytes, signature);

    /// <summary>True while a key is being replaced: which of them a peer knows depends on how far that peer has followed.</summary>
    public bool HasSeveralKeys => _keys.Count > 1;

    /// <summary>Proves this node's identity on a link by each of its keys; of more than <see cref="MaxKeys"/>, those in use and the last in the keystore.</summary>
    public IReadOnlyList<(Sm2PublicKey Key, byte[] Signature)> SignLink(byte[] statement) => [.. new[] { _linking, _voting }.Concat(_keys.Reverse()).Distinct().Take(MaxKeys).Select(key =>
    {
        var signature = new byte[Sm2Signature.Size];
        key.Sign(SigningContext.Link, statement, signature);
        return (key.PublicKey, signature);
    })];

    /// <summary>C-ALARM: signs what this node says of itself, with the key by which its peers know it.</summary>
    public SignedStanding SignStanding(NodeStanding standing)
    {
        var key = _linking;
        return SignedStanding.Of(standing, key.PublicKey, (bytes, signature) => key.Sign(SigningContext.Standing, bytes, signature));
    }
}
