using BenchmarkDotNet.Attributes;
using LicenceChain.Protocol.Cryptography;

namespace LicenceChain.Microbenchmarks;

/// <summary>SM4-GCM over a licence's data (1 KiB) and a document (1 MiB).</summary>
public class Sm4Benchmarks
{
    private readonly byte[] _key = new byte[Sm4Gcm.KeySize];
    private readonly byte[] _nonce = new byte[Sm4Gcm.NonceSize];
    private readonly byte[] _tag = new byte[Sm4Gcm.TagSize];
    private byte[] _plain = [];
    private byte[] _cipher = [];

    [Params(1024, 1_048_576)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _plain = new byte[Length];
        _cipher = new byte[Length];
    }

    [Benchmark]
    public void Encrypt() => Sm4Gcm.Encrypt(_key, _nonce, _plain, [], _cipher, _tag);
}
