using BenchmarkDotNet.Attributes;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Microbenchmarks;

/// <summary>The leaves of a block of 1,000 transactions of the usual length, each by itself and side by side.</summary>
[MemoryDiagnoser]
public class LeafHashBenchmarks
{
    private const int Leaves = 1_000;
    private const int LeafBytes = 520;

    private byte[][] _leaves = [];

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _leaves = [.. Enumerable.Range(0, Leaves).Select(_ => Bytes(random))];
    }

    [Benchmark(Baseline = true)]
    public Hash256[] EachByItself() => Array.ConvertAll(_leaves, static leaf => MerkleTree.LeafHash(leaf));

    [Benchmark]
    public Hash256[] SideBySide() => MerkleTree.LeafHashes(_leaves, static leaf => leaf);

    private static byte[] Bytes(Random random)
    {
        var leaf = new byte[LeafBytes];
        random.NextBytes(leaf);
        return leaf;
    }
}
