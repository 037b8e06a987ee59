using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Blocks;

namespace LicenceChain.Consensus.Tests.Cluster;

/// <summary>The same real SM2 keys in every run.</summary>
internal static class TestKeys
{
    public const int Count = 100;
    private static readonly Lazy<Sm2PrivateKey>[] Keys = [.. Enumerable.Range(1, Count).Select(i => new Lazy<Sm2PrivateKey>(() => Make(i)))];

    public static ChainId Chain { get; } = ChainId.TryParse("test-chain", out var chain) ? chain : throw new InvalidOperationException("chain id");

    public static Sm2PrivateKey Of(int index) => Keys[index].Value;

    public static ValidatorSet Set(int n) => Set(Enumerable.Range(0, n));

    public static ValidatorSet Set(IEnumerable<int> keys) =>
        ValidatorSet.Of([.. keys.Select(i => new Validator(OrganisationCode.Mint($"11310000{100000000 + i}"), Keys[i].Value.PublicKey))]);

    private static Sm2PrivateKey Make(int index)
    {
        var seed = Sm3.Hash(BitConverter.GetBytes(index));
        return Sm2PrivateKey.TryImport(seed.Span, out var key) ? key : throw new InvalidOperationException("seed");
    }
}
