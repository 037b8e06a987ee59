using BenchmarkDotNet.Attributes;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Microbenchmarks;

/// <summary>A block of 1,000 new keys into a tree of 100,000, and one membership proof out of it.</summary>
[MemoryDiagnoser]
public class TreeBenchmarks
{
    private const int Keys = 100_000;
    private const int BlockKeys = 1_000;

    private SparseMerkleTree _tree = SparseMerkleTree.Empty;
    private StateLeafChange[] _block = [];
    private SparseProof _proof = null!;
    private Hash256 _proven;

    [GlobalSetup]
    public void Setup()
    {
        _tree = SparseMerkleTree.Empty.Apply(Changes(0, Keys));
        _block = Changes(Keys, BlockKeys);
        _proven = KeyHash(7);
        _proof = _tree.Prove(_proven);
    }

    [Benchmark]
    public Hash256 Update() => _tree.Apply(_block).Root;

    [Benchmark]
    public bool VerifyMembership() => _proof.VerifyMembership(_tree.Root, _proven, _proven);

    private static StateLeafChange[] Changes(int from, int count) =>
        [.. Enumerable.Range(from, count).Select(KeyHash).Order().Select(hash => new StateLeafChange(hash, hash))];

    private static Hash256 KeyHash(int number) => Sm3.Hash(BitConverter.GetBytes(number));
}
