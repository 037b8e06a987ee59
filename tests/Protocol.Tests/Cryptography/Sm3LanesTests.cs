using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Tests.Cryptography;

public sealed class Sm3LanesTests
{
    [Fact]
    public void Many_nodes_hash_as_each_alone_would()
    {
        var random = new Random(1);
        for (var run = 0; run < 1000; run++)
        {
            var count = random.Next(0, 40);
            Hash256[] pairs = [.. Enumerable.Range(0, 2 * count).Select(_ => Hash256.From(random.Bytes(32)))];
            var digests = new Hash256[count];
            var prefix = (byte)random.Next(256);
            Sm3Lanes.HashPairs(prefix, pairs, digests);
            for (var i = 0; i < count; i++) Assert.Equal(Sm3.Hash([prefix, .. pairs[2 * i].Span, .. pairs[2 * i + 1].Span]), digests[i]);
        }
    }

    [Fact]
    public void Another_number_of_inputs_than_two_a_digest_is_a_mistake() =>
        Assert.Throws<ArgumentException>(() => Sm3Lanes.HashPairs(0, new Hash256[3], new Hash256[1]));
}
