using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Verifier.Audit;

namespace LicenceChain.Verifier.Tests.Audit;

public sealed class TrailCheckTests
{
    private const string Origin = "113300000000000017/verifier";

    private readonly List<byte[]> _records = [.. Enumerable.Range(0, 5).Select(i => new AccessRecord { Origin = Origin, LicenceId = $"licence {i}", Code = "OK", Decision = AccessDecision.Released }.ToByteArray())];

    [Fact]
    public void An_entry_under_the_checkpoint_on_chain_is_proven() => Assert.True(Check(Entry(3)));

    [Fact]
    public void A_changed_entry_is_not_proven()
    {
        var entry = Entry(3);
        var record = AccessRecord.Parser.ParseFrom(entry.Record);
        record.Officer = "nobody";
        entry.Record = record.ToByteString();
        Assert.False(Check(entry));
    }

    [Fact]
    public void An_entry_at_another_place_is_not_proven()
    {
        var entry = Entry(3);
        entry.Inclusion.Index = 2;
        Assert.False(Check(entry));
    }

    [Fact]
    public void An_entry_of_another_log_is_not_proven() => Assert.False(Check(Entry(3), checkpoint: new CheckpointRecord(Checkpoint()) { Origin = "113300000000000017/vault" }));

    [Fact]
    public void An_entry_under_another_size_is_not_proven() => Assert.False(Check(Entry(3), checkpoint: new CheckpointRecord(Checkpoint()) { Size = 4 }));

    [Fact]
    public void Without_a_checkpoint_on_chain_nothing_is_proven() => Assert.False(TrailCheck.ToReply(Entry(3), "vault", null)!.Proven);

    [Fact]
    public void A_record_that_cannot_be_read_is_no_entry() => Assert.Null(TrailCheck.ToReply(new AccessEntry { Record = ByteString.CopyFrom([1, 2, 3]) }, "vault", Checkpoint()));

    [Fact]
    public void An_entry_changed_anywhere_is_unreadable_or_not_proven()
    {
        var sound = Entry(3).ToByteArray();
        Prop.ForAll(Gen.Choose(0, sound.Length - 1).Zip(Gen.Choose(1, 255)).ToArbitrary(), change =>
        {
            var bytes = (byte[])sound.Clone();
            bytes[change.Item1] ^= (byte)change.Item2;
            // Size and root stand beside the checkpoint, which alone counts: a change of the root shown changes nothing.
            return !CanonicalProto.TryParse(AccessEntry.Parser, bytes, bytes.Length, out var entry)
                || TrailCheck.ToReply(entry, "vault", Checkpoint()) is not { Proven: true }
                || (entry.Record.Equals(Entry(3).Record) && entry.Inclusion.Index == 3);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000)); // prints the seed of a failure
    }

    private bool Check(AccessEntry entry, CheckpointRecord? checkpoint = null) => TrailCheck.ToReply(entry, "vault", checkpoint ?? Checkpoint())!.Proven;

    private Hash256[] Leaves() => [.. _records.Select(r => MerkleTree.LeafHash(r))];

    private CheckpointRecord Checkpoint() => new() { Origin = Origin, Size = 5, Root = ByteString.CopyFrom(MerkleTree.Root(Leaves()).Span) };

    private AccessEntry Entry(int index) => new()
    {
        Record = ByteString.CopyFrom(_records[index]),
        Inclusion = new LogInclusionProof
        {
            Origin = Origin,
            Index = (ulong)index,
            Size = 5,
            Root = Checkpoint().Root,
            Path = { MerkleTree.InclusionPath(Leaves(), index).Select(h => ByteString.CopyFrom(h.Span)) },
        },
    };
}
