using Google.Protobuf;
using LicenceChain.Node.Snapshots;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Node.Tests.Snapshots;

public sealed class RowChunkTests
{
    // Found by a join after governance had adopted the only open proposal: the list of open proposals was empty, and so was its encoding.
    [Fact]
    public void A_record_that_encodes_to_no_bytes_is_carried_like_any_other()
    {
        (byte[] Key, byte[] Value)[] rows = [(StateKeys.OpenProposals.ToArray(), []), (StateKeys.Validators.ToArray(), [1])];
        var chunk = Assert.Single(Pack(rows.OrderBy(row => Convert.ToHexString(row.Key), StringComparer.Ordinal)));

        Assert.True(SnapshotRows.TryParse(chunk, out var read));
        Assert.Equal(0, read.Value(Enumerable.Range(0, read.Count).Single(i => read.Key(i).SequenceEqual(StateKeys.OpenProposals.Span))).Length);
    }

    [Fact]
    public void Rows_come_out_as_they_went_in_and_hash_as_each_alone_would()
    {
        var random = new Random(5);
        (byte[] Key, byte[] Value)[] rows = [.. Enumerable.Range(0, 300).Select(i => ((byte[])[(byte)(i >> 8), (byte)i, .. Bytes(random, random.Next(150))], Bytes(random, random.Next(700))))];

        Assert.True(SnapshotRows.TryParse(Assert.Single(Pack(rows)), out var read));

        var leaves = read.ToLeaves();
        Assert.Equal(rows.Length, read.Count);
        for (var i = 0; i < rows.Length; i++)
        {
            Assert.Equal(rows[i].Key, read.Key(i).ToArray());
            Assert.Equal(rows[i].Value, read.Value(i).ToArray());
            Assert.Equal((Sm3.Hash(rows[i].Key), Sm3.Hash(rows[i].Value)), (leaves[i].KeyHash, leaves[i].ValueHash));
        }
    }

    [Fact]
    public void Chunks_of_every_size_follow_each_other_without_a_trace_of_the_one_before()
    {
        var random = new Random(7);
        (byte[] Key, byte[] Value)[] rows = [.. Enumerable.Range(0, 200).Select(i => ((byte[])[(byte)i], Bytes(random, random.Next(900))))];

        var next = 0;
        foreach (var chunk in Pack(rows, chunkBytes: 600))
        {
            Assert.True(SnapshotRows.TryParse(chunk, out var read));
            for (var i = 0; i < read.Count; i++, next++)
            {
                Assert.Equal(rows[next].Key, read.Key(i).ToArray());
                Assert.Equal(rows[next].Value, read.Value(i).ToArray());
            }
        }

        Assert.Equal(rows.Length, next);
    }

    // The reader looks at bytes where everything else parses messages: it must take what they take and nothing else.
    [Fact]
    public void What_is_no_canonical_message_of_ascending_rows_is_refused()
    {
        var random = new Random(6);
        var sound = Assert.Single(Pack(Enumerable.Range(1, 4).Select(i => ((byte[])[(byte)i], Bytes(random, i * 60)))));
        var taken = 0;
        for (var run = 0; run < 20_000; run++)
        {
            var changed = sound.ToArray();
            for (var i = random.Next(1, 4); i > 0; i--) changed[random.Next(3) == 0 ? random.Next(changed.Length) : random.Next(8)] = (byte)random.Next(256);
            if (random.Next(4) == 0) changed = changed[..random.Next(changed.Length + 1)];
            var isTaken = SnapshotRows.TryParse(changed, out _);
            Assert.Equal(IsSound(changed), isTaken);
            if (isTaken) taken++;
        }

        Assert.InRange(taken, 100, 19_000);
    }

    // A chunk's bytes hold until the next is taken.
    private static IEnumerable<byte[]> Pack(IEnumerable<(byte[] Key, byte[] Value)> rows, int chunkBytes = SnapshotLimits.ChunkBytes) =>
        RowChunk.Pack(rows.Select(row => ((ReadOnlyMemory<byte>)row.Key, (ReadOnlyMemory<byte>)row.Value)), chunkBytes).Select(chunk => chunk.ToArray());

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static bool IsSound(byte[] bytes)
    {
        if (!CanonicalProto.TryParse(SnapshotRowsMessage.Parser, bytes, SnapshotLimits.ChunkBytes, out var message) || message.Rows.Count == 0) return false;
        for (var i = 0; i < message.Rows.Count; i++)
        {
            var key = message.Rows[i].Key.Span;
            if (key.Length is 0 or > ProtocolLimits.MaxStateKeyBytes || (i > 0 && key.SequenceCompareTo(message.Rows[i - 1].Key.Span) <= 0)) return false;
        }

        return true;
    }
}
