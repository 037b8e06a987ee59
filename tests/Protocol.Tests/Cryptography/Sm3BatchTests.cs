using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Tests.Cryptography;

public sealed class Sm3BatchTests
{
    [Fact]
    public void Messages_of_every_length_hash_as_each_alone_would()
    {
        var random = new Random(2);
        var data = random.Bytes(4096);
        for (var run = 0; run < 500; run++)
        {
            var parts = new Range[random.Next(0, 60)];
            for (var i = 0; i < parts.Length; i++)
            {
                var length = random.Next(run % 3 == 0 ? 4096 : 300);
                var start = random.Next(data.Length - length);
                parts[i] = start..(start + length);
            }

            AssertEach(data, parts);
        }
    }

    [Fact]
    public void Around_the_ends_of_blocks_and_their_padding_nothing_differs()
    {
        var data = new Random(3).Bytes(400);
        for (var length = 0; length <= 200; length++) AssertEach(data, [.. Enumerable.Range(0, 9).Select(i => i..(i + length))]);
    }

    [Fact]
    public void Messages_that_lie_apart_hash_as_each_alone_would_whatever_their_number_and_length()
    {
        var random = new Random(4);
        for (var run = 0; run < 60; run++)
        {
            byte[] prefix = run % 2 == 0 ? [] : [0x00];
            byte[][] messages = [.. Enumerable.Range(0, random.Next(0, 200)).Select(_ => random.Bytes(random.Next(50) == 0 ? random.Next(200_000) : random.Next(2_000)))];
            var digests = new Hash256[messages.Length];
            Sm3Batch.Hash(prefix, messages, static message => message, digests);
            for (var i = 0; i < messages.Length; i++) Assert.Equal(Sm3.Hash(prefix, messages[i]), digests[i]);
        }
    }

    [Theory]
    [InlineData(64 * 1024)]
    [InlineData((64 * 1024) - 1)]
    [InlineData((64 * 1024) + 1)]
    public void A_message_that_just_fills_a_run_hashes_as_it_would_alone(int length)
    {
        byte[][] messages = [[1], new byte[length], [2], new byte[length], new byte[length]];
        var digests = new Hash256[messages.Length];
        Sm3Batch.Hash([], messages, static message => message, digests);
        for (var i = 0; i < messages.Length; i++) Assert.Equal(Sm3.Hash(messages[i]), digests[i]);
    }

    [Fact]
    public void Another_number_of_digests_than_parts_is_a_mistake() =>
        Assert.Throws<ArgumentException>(() => Sm3Batch.Hash(new byte[3], [0..1, 1..2], new Hash256[1]));

    private static void AssertEach(byte[] data, Range[] parts)
    {
        var digests = new Hash256[parts.Length];
        Sm3Batch.Hash(data, parts, digests);
        for (var i = 0; i < parts.Length; i++) Assert.Equal(Sm3.Hash(data.AsSpan()[parts[i]]), digests[i]);
    }
}
