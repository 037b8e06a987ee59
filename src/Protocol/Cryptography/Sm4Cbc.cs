using System.Diagnostics.CodeAnalysis;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Paddings;
using Org.BouncyCastle.Crypto.Parameters;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>SM4-CBC with PKCS#7 padding, for formats that demand it. It does not authenticate: our own data goes under <see cref="Sm4Gcm"/>.</summary>
public static class Sm4Cbc
{
    /// <summary>Length of a key in bytes.</summary>
    public const int KeySize = 16;

    /// <summary>Length of an initialisation vector, and of a block, in bytes.</summary>
    public const int BlockSize = 16;

    /// <summary>Enciphers; the result is padded to the next whole block. Wrong lengths of key or vector throw.</summary>
    public static byte[] Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> initialisationVector, ReadOnlySpan<byte> plaintext) =>
        Start(forEncryption: true, key, initialisationVector).DoFinal(plaintext.ToArray());

    /// <summary>Deciphers; false for a length that is not whole blocks or a bad padding.</summary>
    public static bool TryDecrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> initialisationVector, ReadOnlySpan<byte> ciphertext, [NotNullWhen(true)] out byte[]? plaintext)
    {
        plaintext = null;
        var cipher = Start(forEncryption: false, key, initialisationVector);
        if (ciphertext.IsEmpty || ciphertext.Length % BlockSize != 0) return false;
        try
        {
            plaintext = cipher.DoFinal(ciphertext.ToArray());
            return true;
        }
        catch (InvalidCipherTextException)
        {
            return false;
        }
    }

    private static PaddedBufferedBlockCipher Start(bool forEncryption, ReadOnlySpan<byte> key, ReadOnlySpan<byte> initialisationVector)
    {
        if (key.Length != KeySize) throw new ArgumentException($"An SM4 key has {KeySize} bytes.", nameof(key));
        if (initialisationVector.Length != BlockSize) throw new ArgumentException($"An initialisation vector has {BlockSize} bytes.", nameof(initialisationVector));
        var cipher = new PaddedBufferedBlockCipher(new CbcBlockCipher(new SM4Engine()), new Pkcs7Padding());
        cipher.Init(forEncryption, new ParametersWithIV(new KeyParameter(key.ToArray()), initialisationVector.ToArray()));
        return cipher;
    }
}
