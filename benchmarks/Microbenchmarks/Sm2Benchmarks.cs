using BenchmarkDotNet.Attributes;
using LicenceChain.Protocol.Cryptography;

namespace LicenceChain.Microbenchmarks;

/// <summary>One signature over a message of the size of an "issue" transaction.</summary>
public class Sm2Benchmarks
{
    private readonly byte[] _message = new byte[420];
    private readonly byte[] _signature = new byte[Sm2Signature.Size];
    private Sm2PrivateKey _key = null!;

    [GlobalSetup]
    public void Setup()
    {
        _key = Sm2PrivateKey.Generate();
        _key.Sign(SigningContext.Transaction, _message, _signature);
    }

    [GlobalCleanup]
    public void Cleanup() => _key.Dispose();

    [Benchmark]
    public void Sign() => _key.Sign(SigningContext.Transaction, _message, _signature);

    [Benchmark]
    public bool Verify() => _key.PublicKey.Verify(SigningContext.Transaction, _message, _signature);
}
