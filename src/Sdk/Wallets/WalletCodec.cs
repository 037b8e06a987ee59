using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Google.Protobuf;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Sdk.Wallets;

/// <summary>The bytes of a wallet file (wallet.proto).</summary>
internal static class WalletCodec
{
    /// <summary>Largest file: 100,000 wallets would not fit with many credentials each; 2,000 sample holders need about 4 MiB.</summary>
    public const int MaxBytes = 128 * 1024 * 1024;

    private const uint Version = 1;
    private const int SaltSize = 16;
    private const int Iterations = 100_000; // as the keystore's: about 0.1 s

    public static byte[] Seal(WalletBook book, ReadOnlySpan<byte> passphrase)
    {
        var content = ToMessage(book);
        var keyBytes = book.Wallets.Count * Sm2PrivateKey.Size;
        var plaintext = new byte[keyBytes + content.CalculateSize()];
        var envelope = new SealedWalletBook
        {
            Version = Version,
            Iterations = Iterations,
            Salt = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(SaltSize)),
            Nonce = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(Sm4Gcm.NonceSize)),
            Wallets = (uint)book.Wallets.Count,
        };
        Span<byte> key = stackalloc byte[Sm4Gcm.KeySize];
        try
        {
            var at = 0;
            foreach (var wallet in book.Wallets) wallet.ExportKey(plaintext.AsSpan(at++ * Sm2PrivateKey.Size, Sm2PrivateKey.Size));
            content.WriteTo(plaintext.AsSpan(keyBytes));
            Pbkdf2Sm3.Derive(passphrase, envelope.Salt.Span, Iterations, key);
            var ciphertext = new byte[plaintext.Length + Sm4Gcm.TagSize];
            Sm4Gcm.Encrypt(key, envelope.Nonce.Span, plaintext, envelope.ToByteArray(), ciphertext.AsSpan(0, plaintext.Length), ciphertext.AsSpan(plaintext.Length));
            envelope.Ciphertext = UnsafeByteOperations.UnsafeWrap(ciphertext);
            return envelope.ToByteArray();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
            CryptographicOperations.ZeroMemory(key);
        }
    }

    public static WalletBook Open(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> passphrase)
    {
        if (!CanonicalProto.TryParse(SealedWalletBook.Parser, bytes, MaxBytes, out var envelope) || !IsSound(envelope))
            throw new LicenceChainException(SdkCodes.WalletUnreadable, "The file is no wallet of version 1, or it is damaged.");
        var ciphertext = envelope.Ciphertext;
        envelope.Ciphertext = ByteString.Empty;
        var plaintext = new byte[ciphertext.Length - Sm4Gcm.TagSize];
        Span<byte> key = stackalloc byte[Sm4Gcm.KeySize];
        try
        {
            Pbkdf2Sm3.Derive(passphrase, envelope.Salt.Span, (int)envelope.Iterations, key);
            if (!Sm4Gcm.TryDecrypt(key, envelope.Nonce.Span, ciphertext.Span[..plaintext.Length], ciphertext.Span[plaintext.Length..], envelope.ToByteArray(), plaintext))
                throw new LicenceChainException(SdkCodes.WalletLocked, "The passphrase is not this wallet's, or the file was changed.");
            return TryRead(plaintext, (int)envelope.Wallets, out var book)
                ? book
                : throw new LicenceChainException(SdkCodes.WalletUnreadable, "The wallet opened, but what is in it does not hold together.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static bool IsSound(SealedWalletBook envelope) =>
        envelope.Version == Version
        && envelope.Iterations is >= 1 and <= Pbkdf2Sm3.MaxIterations
        && envelope.Salt.Length == SaltSize
        && envelope.Nonce.Length == Sm4Gcm.NonceSize
        && envelope.Wallets <= WalletBook.MaxWallets
        && envelope.Ciphertext.Length >= Sm4Gcm.TagSize + (envelope.Wallets * Sm2PrivateKey.Size);

    private static WalletBookMessage ToMessage(WalletBook book)
    {
        var message = new WalletBookMessage();
        foreach (var wallet in book.Wallets)
            message.Wallets.Add(new WalletMessage { Name = wallet.Name, Credentials = { wallet.Credentials.Select(c => c.ToMessage()) }, Grants = { wallet.Grants } });
        return message;
    }

    private static bool TryRead(ReadOnlySpan<byte> plaintext, int count, [NotNullWhen(true)] out WalletBook? book)
    {
        book = null;
        if (!CanonicalProto.TryParse(WalletBookMessage.Parser, plaintext[(count * Sm2PrivateKey.Size)..], MaxBytes, out var message) || message.Wallets.Count != count) return false;
        var read = new WalletBook();
        for (var i = 0; i < count; i++)
        {
            if (TryRead(message.Wallets[i], plaintext.Slice(i * Sm2PrivateKey.Size, Sm2PrivateKey.Size), out var wallet) && !read.TryGet(wallet.Name, out _))
            {
                read.Put(wallet);
                continue;
            }

            wallet?.Dispose();
            read.Dispose();
            return false;
        }

        book = read;
        return true;
    }

    private static bool TryRead(WalletMessage message, ReadOnlySpan<byte> secret, [NotNullWhen(true)] out Wallet? wallet)
    {
        wallet = null;
        if (string.IsNullOrWhiteSpace(message.Name) || message.Credentials.Count > Wallet.MaxCredentials || message.Grants.Count > Wallet.MaxGrants || !Sm2PrivateKey.TryImport(secret, out var key)) return false;
        wallet = new Wallet(message.Name, key);
        foreach (var one in message.Credentials)
        {
            // Authenticated by the file's tag, so the issuer's signature, checked when it was added, need not be checked again.
            if (!HeldCredential.TryRestore(one, out var held) || !held.Credential.Statement.Holder.Equals(wallet.PublicKey)) return false;
            wallet.Add(held);
        }

        foreach (var grant in message.Grants) wallet.Remember(grant);
        return true;
    }
}
