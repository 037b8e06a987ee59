using LicenceChain.Node.Snapshots;
using LicenceChain.Protocol.Cryptography;

namespace LicenceChain.Node.Tests.Snapshots;

public sealed class ChunkDigestTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(50_000)]
    public void A_chunk_is_named_by_the_digests_of_its_pieces(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);

        Assert.Equal(Sm3.Hash([.. content.Chunk(ChunkDigest.PieceBytes).SelectMany(piece => Sm3.Hash(piece).ToArray())]), ChunkDigest.Of(content));
    }
}
