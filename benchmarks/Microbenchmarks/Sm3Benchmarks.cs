using BenchmarkDotNet.Attributes;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Microbenchmarks;

/// <summary>SM3 over a tree node (65 bytes), a transaction (420) and a large body.</summary>
[MemoryDiagnoser]
public class Sm3Benchmarks
{
    private byte[] _data = [];

    [Params(65, 420, 65_536)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup() => _data = new byte[Length];

    [Benchmark]
    public Hash256 Hash() => Sm3.Hash(_data);
}
