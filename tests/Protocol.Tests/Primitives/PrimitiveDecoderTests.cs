using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Tests.Cryptography;

namespace LicenceChain.Protocol.Tests.Primitives;

public sealed class PrimitiveDecoderTests
{
    [Fact]
    public void Text_of_a_chain_a_region_or_a_digest_is_taken_as_it_stands_or_refused() => Seeded.Check(1000, random =>
    {
        foreach (var text in new[] { random.Chain().Value, "310000", random.Hash().ToString(), "11010519491231002X" }.Select(t => Text(random, t)))
        {
            if (ChainId.TryParse(text, out var chain)) Assert.Equal(text, chain.Value);
            if (RegionCode.TryParse(text, out var region)) Assert.Equal(text, region.Value);
            if (CitizenId.TryParse(text, out var citizen)) Assert.Equal(text, citizen.Value);
            if (Hash256.TryParse(text, out var hash)) Assert.Equal(text.ToLowerInvariant(), hash.ToString()); // either case: it is typed into addresses
        }
    });

    [Fact]
    public void What_was_written_is_read_back() => Seeded.Check(300, random =>
    {
        var (chain, hash) = (random.Chain(), random.Hash());
        Assert.True(ChainId.TryParse(chain.ToString(), out var chainRead));
        Assert.True(Hash256.TryParse(hash.ToString(), out var hashRead));
        Assert.True(RegionCode.TryParse($"{random.Next(10, 100)}0000", out _));
        Assert.Equal((chain, hash), (chainRead, hashRead));
    });

    [Fact]
    public void Ids_of_bytes_have_32_that_are_not_all_zero() => Seeded.Check(1000, random =>
    {
        var bytes = random.Next(4) == 0 ? new byte[random.Next(31, 34)] : random.Bytes(random.Next(31, 34));
        var right = bytes.Length == Hash256.Size && bytes.AsSpan().ContainsAnyExcept((byte)0);
        Assert.Equal(right, KeyId.TryFrom(bytes, out var key));
        Assert.Equal(right, TransactionId.TryFrom(bytes, out var transaction));
        Assert.Equal(right, GrantId.TryFrom(bytes, out var grant));
        Assert.Equal(bytes.Length == Hash256.Size, Hash256.TryFrom(bytes, out var hash));
        if (right) Assert.All([key.Value, transaction.Value, grant.Value, hash], value => Assert.Equal(bytes, value.ToArray()));
    });

    [Fact]
    public void A_state_key_has_1_to_160_bytes_and_keeps_them() => Seeded.Check(500, random =>
    {
        var bytes = random.Bytes(random.Next(ProtocolLimits.MaxStateKeyBytes + 10));
        Assert.Equal(bytes.Length is > 0 and <= ProtocolLimits.MaxStateKeyBytes, StateKey.TryFrom(bytes, out var key));
        if (bytes.Length is > 0 and <= ProtocolLimits.MaxStateKeyBytes) Assert.Equal(bytes, key.ToArray());
    });

    [Fact]
    public void A_public_key_is_read_back_and_a_changed_one_is_refused() => Seeded.Check(300, random =>
    {
        using var key = ReferenceSm2.Key(random);
        Assert.True(Sm2PublicKey.TryParse(key.PublicKey.Encoded, out var read));
        Assert.Equal(key.PublicKey, read);
        var bytes = random.Mutate(key.PublicKey.Encoded);
        if (Sm2PublicKey.TryParse(bytes, out var changed)) Assert.Equal(bytes, changed.Encoded.ToArray());
        Assert.False(Sm2PublicKey.TryParse(random.Bytes(random.Next(100)), out _));
    });

    private static string Text(Random random, string right) => System.Text.Encoding.Latin1.GetString(random.Mutate(System.Text.Encoding.Latin1.GetBytes(right)));
}
