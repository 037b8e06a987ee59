using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Consensus.Tests.Cluster;

internal sealed class TestSigner(int key) : IVoteSigner
{
    public KeyId Key => TestKeys.Of(key).PublicKey.Id;

    public void Sign(ReadOnlySpan<byte> voteBytes, Span<byte> signature) => TestKeys.Of(key).Sign(SigningContext.Vote, voteBytes, signature);
}
