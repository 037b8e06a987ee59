using System.Text;
using LicenceChain.Node.Tests.Api;
using LicenceChain.Node.Tests.Configuration;
using LicenceChain.Node.Vault;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;

namespace LicenceChain.Node.Tests.Vault;

public sealed class VaultCipherTests : IDisposable
{
    private static readonly LicenceId Licence = LicenceId.Mint(ChainContent.TypeCode, SamplePlan.ShanghaiAgency, "1", 1);
    private static readonly LicenceId Another = LicenceId.Mint(ChainContent.TypeCode, SamplePlan.ShanghaiAgency, "2", 1);

    private readonly Sm2PrivateKey _key = Sm2PrivateKey.Generate();

    [Fact]
    public void Row_opens_to_what_was_sealed()
    {
        using var cipher = new VaultCipher(_key);
        Assert.True(cipher.TryOpen(cipher.Seal(Licence, Sm3.Hash("credential"u8), "data"u8), out var plaintext));
        Assert.Equal("data", Encoding.UTF8.GetString(plaintext));
    }

    [Fact]
    public void Row_opens_after_a_restart_with_the_same_keystore()
    {
        VaultRow row;
        using (var before = new VaultCipher(_key)) row = before.Seal(Licence, Sm3.Hash("credential"u8), "data"u8);
        using var after = new VaultCipher(_key);
        Assert.True(after.TryOpen(row, out _));
    }

    [Fact]
    public void Row_does_not_pass_for_another_licence_or_credential()
    {
        using var cipher = new VaultCipher(_key);
        var row = cipher.Seal(Licence, Sm3.Hash("credential"u8), "data"u8);
        Assert.False(cipher.TryOpen(row with { Licence = Another }, out _));
        Assert.False(cipher.TryOpen(row with { Credential = Sm3.Hash("another"u8) }, out _));
    }

    [Fact]
    public void Row_of_another_vault_stays_shut()
    {
        using var other = Sm2PrivateKey.Generate();
        using var cipher = new VaultCipher(_key);
        using var stranger = new VaultCipher(other);
        Assert.False(stranger.TryOpen(cipher.Seal(Licence, Sm3.Hash("credential"u8), "data"u8), out _));
    }

    public void Dispose() => _key.Dispose();
}
