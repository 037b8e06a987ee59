using LicenceChain.Protocol.Cryptography;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;

namespace LicenceChain.Protocol.Tests.Cryptography;

/// <summary>BouncyCastle's own SM2, to compare with. Its ciphertexts are C1‖C2‖C3: reordered here.</summary>
internal static class ReferenceSm2
{
    private static readonly ECDomainParameters Domain = FromNamedCurve();

    public static BigInteger Order => Domain.N;

    public static bool Verify(byte[] publicKey, byte[] message, byte[] signature)
    {
        var signer = new SM2Signer(PlainDsaEncoding.Instance, new SM3Digest());
        signer.Init(false, new ECPublicKeyParameters(Domain.Curve.DecodePoint(publicKey), Domain));
        signer.BlockUpdate(message, 0, message.Length);
        return signer.VerifySignature(signature);
    }

    public static byte[] Sign(byte[] secret, byte[] message, Random random)
    {
        var signer = new SM2Signer(PlainDsaEncoding.Instance, new SM3Digest());
        var source = SecureRandom.GetInstance("SHA256PRNG", autoSeed: false);
        source.SetSeed(random.Bytes(32));
        signer.Init(true, new ParametersWithRandom(new ECPrivateKeyParameters(new BigInteger(1, secret), Domain), source));
        signer.BlockUpdate(message, 0, message.Length);
        return signer.GenerateSignature();
    }

    public static byte[] Nonce(byte[] secret, byte[] digest)
    {
        var calculator = new HMacDsaKCalculator(new SM3Digest());
        calculator.Init(Order, new BigInteger(1, secret), digest);
        return Pad(calculator.NextK());
    }

    public static byte[] Encrypt(byte[] publicKey, byte[] plaintext)
    {
        var engine = new SM2Engine(new SM3Digest());
        engine.Init(true, new ParametersWithRandom(new ECPublicKeyParameters(Domain.Curve.DecodePoint(publicKey), Domain), new SecureRandom()));
        var old = engine.ProcessBlock(plaintext, 0, plaintext.Length);
        return [.. old[..65], .. old[^32..], .. old[65..^32]];
    }

    public static byte[] Decrypt(byte[] secret, byte[] ciphertext)
    {
        var engine = new SM2Engine(new SM3Digest());
        engine.Init(false, new ECPrivateKeyParameters(new BigInteger(1, secret), Domain));
        byte[] old = [.. ciphertext[..65], .. ciphertext[97..], .. ciphertext[65..97]];
        return engine.ProcessBlock(old, 0, old.Length);
    }

    public static byte[] PublicKey(BigInteger secret) => Domain.G.Multiply(secret).Normalize().GetEncoded(false);

    public static byte[] Pad(BigInteger number)
    {
        var bytes = number.ToByteArrayUnsigned();
        return [.. new byte[32 - bytes.Length], .. bytes];
    }

    public static Sm2PrivateKey Key(Random random)
    {
        while (true)
        {
            if (Sm2PrivateKey.TryImport(random.Bytes(32), out var key)) return key;
        }
    }

    private static ECDomainParameters FromNamedCurve()
    {
        var curve = CustomNamedCurves.GetByName("sm2p256v1");
        return new ECDomainParameters(curve.Curve, curve.G, curve.N, curve.H);
    }
}
