using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>An SM2 private key d, 1 to n−2. Zeroed when disposed; not usable afterwards.</summary>
public sealed class Sm2PrivateKey : IDisposable
{
    /// <summary>Length of an exported key in bytes.</summary>
    public const int Size = Sm2Curve.ScalarSize;

    // A random 256-bit number is out of range once in 2^32 draws; 64 failures in a row mean a broken generator.
    private const int MaxDraws = 64;

    // Pinned, so that the collector leaves no copies behind.
    private readonly byte[] _secret = GC.AllocateUninitializedArray<byte>(Size, pinned: true);
    private bool _disposed;

    // 1/(1 + d) mod n, made with the first signature.
    private byte[]? _inverse;

    private Sm2PrivateKey(ReadOnlySpan<byte> secret, in Sm2Scalar number)
    {
        secret.CopyTo(_secret);
        Span<byte> encoded = stackalloc byte[Sm2PublicKey.Size];
        Sm2Curve.Encode(Sm2PointTable.Base.MultiplySecret(number).ToAffine(), encoded);
        PublicKey = Sm2PublicKey.TryParse(encoded, out var key) ? key : throw new InvalidOperationException("A key in range has no public key.");
    }

    /// <summary>d times the base point.</summary>
    public Sm2PublicKey PublicKey { get; }

    /// <summary>A new key from the system's random generator.</summary>
    [SkipLocalsInit]
    public static Sm2PrivateKey Generate()
    {
        Span<byte> candidate = stackalloc byte[Size];
        for (var draw = 0; draw < MaxDraws; draw++)
        {
            RandomNumberGenerator.Fill(candidate);
            if (!TryImport(candidate, out var key)) continue;
            CryptographicOperations.ZeroMemory(candidate);
            return key;
        }
        throw new CryptographicException("The random generator gave no number in range.");
    }

    /// <summary>Takes 32 big-endian bytes; false for another length or a number outside 1 to n−2.</summary>
    public static bool TryImport(ReadOnlySpan<byte> secret, [NotNullWhen(true)] out Sm2PrivateKey? key)
    {
        key = null;
        if (secret.Length != Size || !Sm2Scalar.TryRead(secret, out var number) || Sm2Scalar.Add(number, Sm2Scalar.One).IsZero) return false;
        key = new Sm2PrivateKey(secret, number);
        return true;
    }

    /// <summary>Copies the 32 big-endian bytes to <paramref name="destination"/>, exactly 32 bytes, which the caller zeroes.</summary>
    public void Export(Span<byte> destination)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (destination.Length != Size) throw new ArgumentException($"A private key takes {Size} bytes.", nameof(destination));
        _secret.CopyTo(destination);
    }

    /// <summary>
    /// Signs <paramref name="message"/> in <paramref name="context"/>: r‖s into <paramref name="signature"/>, exactly 64 bytes.
    /// The nonce is derived from key and message (RFC 6979; docs/adr/0004): the same call gives the same bytes.
    /// </summary>
    [SkipLocalsInit]
    public void Sign(SigningContext context, ReadOnlySpan<byte> message, Span<byte> signature)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var digest = PublicKey.Digest(context, message);
        var nonces = new Sm2NonceSequence(_secret, digest);
        Span<byte> nonce = stackalloc byte[Size];
        do nonces.Next(nonce);
        while (!TrySign(digest, nonce, signature));
        CryptographicOperations.ZeroMemory(nonce);
    }

    /// <summary>Signs with a given nonce, for the official vectors; false when this nonce gives no signature.</summary>
    internal bool SignWithNonce(SigningContext context, ReadOnlySpan<byte> message, ReadOnlySpan<byte> nonce, Span<byte> signature) =>
        TrySign(PublicKey.Digest(context, message), nonce, signature);

    private bool TrySign(in Hash256 digest, ReadOnlySpan<byte> nonce, Span<byte> signature)
    {
        if (signature.Length != Sm2Signature.Size) throw new ArgumentException($"A signature takes {Sm2Signature.Size} bytes.", nameof(signature));
        if (!Sm2Scalar.TryRead(nonce, out var k)) return false;
        Span<byte> encoded = stackalloc byte[Sm2Curve.PointSize];
        Sm2Curve.Encode(Sm2PointTable.Base.MultiplySecret(k).ToAffine(), encoded);
        var x = Sm2Scalar.Reduce(encoded.Slice(1, Size));
        var r = Sm2Scalar.Add(Sm2Scalar.Reduce(digest.Span), x);
        var sum = Sm2Scalar.Add(r, k);
        if (r.IsZero || sum.IsZero) return false;
        // s = (k − r·d)/(1 + d) = (k + r)/(1 + d) − r
        var s = Sm2Scalar.Add(Sm2Scalar.Multiply(sum, Sm2Scalar.Reduce(Inverse())), Sm2Scalar.Negate(r));
        if (s.IsZero) return false;
        r.Write(signature[..Size]);
        s.Write(signature[Size..]);
        return true;
    }

    private byte[] Inverse()
    {
        if (Volatile.Read(ref _inverse) is { } known) return known;
        var inverse = GC.AllocateUninitializedArray<byte>(Size, pinned: true);
        Sm2Scalar.Invert(Sm2Scalar.Add(Sm2Scalar.Reduce(_secret), Sm2Scalar.One)).Write(inverse);
        Volatile.Write(ref _inverse, inverse);
        return inverse;
    }

    /// <summary>x‖y, 64 bytes, of d times <paramref name="other"/>; the caller zeroes it.</summary>
    internal byte[] Agree(Sm2PublicKey other)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Span<byte> encoded = stackalloc byte[Sm2Curve.PointSize];
        Sm2Curve.Encode(other.MultiplySecret(Sm2Scalar.Reduce(_secret)), encoded);
        var shared = encoded[1..].ToArray();
        CryptographicOperations.ZeroMemory(encoded);
        return shared;
    }

    /// <summary>Zeroes the key.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_secret);
        CryptographicOperations.ZeroMemory(_inverse);
        _disposed = true;
    }
}
