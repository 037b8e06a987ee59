using FsCheck;
using FsCheck.Fluent;
using LicenceChain.Hosting.AccessLog;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Hosting.Tests.AccessLog;

public sealed class AccessLogProofTests(LargeLog log) : IClassFixture<LargeLog>
{
    private const int Total = LargeLog.Total;
    private readonly AccessLogStore _store = log.Store;
    private readonly Hash256[] _leaves = log.Leaves;

    [Fact]
    public void Inclusion_of_any_record_verifies_under_the_root_of_any_size() =>
        Prop.ForAll(Pairs(), pair =>
        {
            var (index, size) = ((ulong)pair.Low, (ulong)pair.High + 1);
            return MerkleTree.VerifyInclusion(_leaves[index], index, size, _store.InclusionProof(index, size), _store.CheckpointAt(size).Root);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_two_sizes_are_consistent() =>
        Prop.ForAll(Pairs(), pair =>
        {
            var (older, newer) = ((ulong)pair.Low, (ulong)pair.High);
            return MerkleTree.VerifyConsistency(older, newer, _store.CheckpointAt(older).Root, _store.CheckpointAt(newer).Root, _store.ConsistencyProof(older, newer));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Roots_and_paths_are_those_of_the_plain_tree_at_every_edge_of_a_tile()
    {
        foreach (var size in new[] { 1, 2, 3, 255, 256, 257, 511, 512, 513, 65535, 65536, 65537, Total })
        {
            var leaves = _leaves[..size];
            Assert.Equal(MerkleTree.Root(leaves), _store.CheckpointAt((ulong)size).Root);
            Assert.Equal(MerkleTree.InclusionPath(leaves, size / 2), _store.InclusionProof((ulong)size / 2, (ulong)size));
            Assert.Equal(MerkleTree.ConsistencyPath(leaves, size / 2), _store.ConsistencyProof((ulong)size / 2, (ulong)size));
        }

        Assert.Equal(MerkleTree.EmptyRoot, _store.CheckpointAt(0).Root);
    }

    [Fact]
    public void Proofs_beyond_the_end_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _store.InclusionProof(5, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => _store.InclusionProof(5, Total + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _store.ConsistencyProof(0, Total + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _store.Read(Total));
    }

    [Fact]
    public void Tiles_hold_the_leaf_hashes_and_the_roots_above_them()
    {
        Assert.Equal(_leaves[256].ToArray(), _store.Tile(0, 1, 256)[..32]);
        Assert.Equal(MerkleTree.Root(_leaves[..256]).ToArray(), _store.Tile(1, 0, 1));
        Assert.Equal(MerkleTree.Root(_leaves[..65536]).ToArray(), _store.Tile(2, 0, 1));
        Assert.Equal(44 * 32, _store.Tile(0, 257, 44).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => _store.Tile(0, 257, 45));
    }

    private static Arbitrary<(int Low, int High)> Pairs() =>
        Gen.Choose(0, Total - 1).Two().Select(pair => (Math.Min(pair.Item1, pair.Item2), Math.Max(pair.Item1, pair.Item2))).ToArbitrary();
}
