using LicenceChain.Hosting.Files;
using LicenceChain.Hosting.Tests.Support;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Keystore;

namespace LicenceChain.Hosting.Tests.Files;

public sealed class KeystoreFileTests : IDisposable
{
    private const int FewIterations = 2;
    private readonly TemporaryFolder _folder = new();
    private readonly Sm2PrivateKey _key = Sm2PrivateKey.Generate();

    public KeystoreFileTests() => KeystoreFile.Write(_folder["keys.json"], "open sesame"u8, [new KeystoreEntry("service", _key)], FewIterations);

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Keys_come_back_by_label_with_the_passphrase_of_a_file()
    {
        SecretFile.Write(_folder["passphrase"], "open sesame\n"u8);
        using var keystore = KeystoreFile.OpenWithPassphraseFile(_folder["keys.json"], _folder["passphrase"]);
        Assert.Equal(_key.PublicKey, keystore.Key("service").PublicKey);
        Assert.Contains("it has: service", Assert.Throws<SecretFileException>(() => keystore.Key("consensus")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_passphrase_is_told_apart_from_a_broken_file()
    {
        Assert.Contains("passphrase does not open", Refusal(), StringComparison.Ordinal);
        SecretFile.Write(_folder["keys.json"], "{}"u8);
        Assert.Contains("is not a keystore", Refusal(), StringComparison.Ordinal);
    }

    private string Refusal() => Assert.Throws<SecretFileException>(() => KeystoreFile.Open(_folder["keys.json"], "wrong"u8)).Message;
}
