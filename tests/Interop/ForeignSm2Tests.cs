using System.Text.Json;
using LicenceChain.Protocol.Cryptography;

namespace LicenceChain.Interop;

/// <summary>SM2 signatures go both ways between us, OpenSSL's command line and npm's sm-crypto.</summary>
public sealed class ForeignSm2Tests : IDisposable
{
    /// <summary>SubjectPublicKeyInfo of an SM2 key up to its point: id-ecPublicKey, curve 1.2.156.10197.1.301.</summary>
    private const string PublicKeyInfo = "3059301306072A8648CE3D020106082A811CCF5501822D034200";

    private static readonly byte[] Message = "一次认证,全网互认"u8.ToArray();

    private readonly string _folder = Directory.CreateTempSubdirectory("licencechain-interop-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task OpenSSL_verifies_our_signature()
    {
        using var key = Sm2PrivateKey.Generate();
        var signature = new byte[Sm2Signature.Size];
        key.Sign(SigningContext.Raw, Message, signature);

        Assert.Equal(0, (await OpenSslVerifyAsync(key.PublicKey, Sm2Signature.ToDer(signature), Message)).ExitCode);
        Assert.NotEqual(0, (await OpenSslVerifyAsync(key.PublicKey, Sm2Signature.ToDer(signature), "another message"u8.ToArray())).ExitCode);
    }

    [Fact]
    public async Task We_verify_a_signature_of_OpenSSL()
    {
        var (keyFile, publicFile, messageFile, signatureFile) = (InFolder("key.pem"), InFolder("public.der"), InFolder("message"), InFolder("signature"));
        await File.WriteAllBytesAsync(messageFile, Message);
        await SucceedAsync("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2", "-pkeyopt", "ec_param_enc:named_curve", "-out", keyFile);
        await SucceedAsync("pkey", "-in", keyFile, "-pubout", "-outform", "DER", "-out", publicFile);
        await SucceedAsync("pkeyutl", "-sign", "-rawin", "-digest", "sm3", "-in", messageFile, "-inkey", keyFile, "-pkeyopt", "distid:1234567812345678", "-out", signatureFile);

        var encoded = await File.ReadAllBytesAsync(publicFile);
        Assert.True(Sm2PublicKey.TryParse(encoded.AsSpan(encoded.Length - Sm2PublicKey.Size), out var publicKey));
        var raw = new byte[Sm2Signature.Size];
        Assert.True(Sm2Signature.TryFromDer(await File.ReadAllBytesAsync(signatureFile), raw));
        Assert.True(publicKey.Verify(SigningContext.Raw, Message, raw));
        raw[5] ^= 1;
        Assert.False(publicKey.Verify(SigningContext.Raw, Message, raw));
    }

    [Fact]
    public async Task Sm_crypto_verifies_our_signature()
    {
        using var key = Sm2PrivateKey.Generate();
        var signature = new byte[Sm2Signature.Size];
        key.Sign(SigningContext.Raw, Message, signature);
        var publicKey = Convert.ToHexStringLower(key.PublicKey.Encoded);

        Assert.Equal("true", (await Tool.NodeAsync("sm2-cli.mjs", "verify", publicKey, Convert.ToHexStringLower(Message), Convert.ToHexStringLower(signature))).Output);
        signature[40] ^= 1;
        Assert.Equal("false", (await Tool.NodeAsync("sm2-cli.mjs", "verify", publicKey, Convert.ToHexStringLower(Message), Convert.ToHexStringLower(signature))).Output);
    }

    [Fact]
    public async Task We_verify_a_signature_of_sm_crypto()
    {
        var (exitCode, output) = await Tool.NodeAsync("sm2-cli.mjs", "sign", Convert.ToHexStringLower(Message));
        Assert.Equal(0, exitCode);
        using var made = JsonDocument.Parse(output);
        Assert.True(Sm2PublicKey.TryParse(Convert.FromHexString(made.RootElement.GetProperty("publicKey").GetString()!), out var publicKey));
        Assert.True(publicKey.Verify(SigningContext.Raw, Message, Convert.FromHexString(made.RootElement.GetProperty("signature").GetString()!)));
    }

    [Fact]
    public async Task Sm_crypto_computes_the_same_digest()
    {
        Assert.Equal(Sm3.Hash(Message).ToString(), (await Tool.NodeAsync("sm2-cli.mjs", "sm3", Convert.ToHexStringLower(Message))).Output);
    }

    private async Task<(int ExitCode, string Output)> OpenSslVerifyAsync(Sm2PublicKey key, byte[] signature, byte[] message)
    {
        var (publicFile, messageFile, signatureFile) = (InFolder("public.der"), InFolder("message"), InFolder("signature"));
        await File.WriteAllBytesAsync(publicFile, [.. Convert.FromHexString(PublicKeyInfo), .. key.Encoded]);
        await File.WriteAllBytesAsync(messageFile, message);
        await File.WriteAllBytesAsync(signatureFile, signature);
        return await Tool.RunAsync(
            "openssl", "pkeyutl", "-verify", "-rawin", "-digest", "sm3", "-in", messageFile, "-sigfile", signatureFile,
            "-pubin", "-keyform", "DER", "-inkey", publicFile, "-pkeyopt", "distid:1234567812345678");
    }

    private static async Task SucceedAsync(params string[] arguments)
    {
        var (exitCode, output) = await Tool.RunAsync("openssl", arguments);
        Assert.True(exitCode == 0, output);
    }

    private string InFolder(string name) => Path.Combine(_folder, name);
}
