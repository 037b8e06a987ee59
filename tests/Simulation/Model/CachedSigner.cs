using LicenceChain.Consensus;
using LicenceChain.Consensus.Tests.Cluster;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Simulation.Model;

/// <summary>A real key that signs each vote once and then remembers.</summary>
internal sealed class CachedSigner(int seat) : IVoteSigner
{
    private readonly TestSigner _signer = new(seat);
    private readonly Dictionary<Hash256, byte[]> _signatures = [];

    public KeyId Key => _signer.Key;

    public void Sign(ReadOnlySpan<byte> voteBytes, Span<byte> signature)
    {
        var hash = Sm3.Hash(voteBytes);
        if (!_signatures.TryGetValue(hash, out var known))
        {
            known = new byte[Sm2Signature.Size];
            _signer.Sign(voteBytes, known);
            _signatures.Add(hash, known);
        }

        known.CopyTo(signature);
    }
}
