using LicenceChain.Consensus;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Simulation.Schedules.Memory;

/// <summary>Signatures are deterministic: the same key and bytes give the same signature, made once.</summary>
internal sealed class RememberingSigner(IVoteSigner signer, ByteTable<byte[]> made) : IVoteSigner
{
    public KeyId Key { get; } = signer.Key;

    public void Sign(ReadOnlySpan<byte> voteBytes, Span<byte> signature)
    {
        var fingerprint = Fingerprint.Of(voteBytes);
        if (made.TryGet(voteBytes, fingerprint, out var known))
        {
            known.CopyTo(signature);
            return;
        }

        signer.Sign(voteBytes, signature);
        made.Add(voteBytes.ToArray(), fingerprint, signature.ToArray());
    }
}
