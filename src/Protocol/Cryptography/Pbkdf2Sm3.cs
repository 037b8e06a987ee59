using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>PBKDF2 (RFC 8018, 5.2) with HMAC-SM3: a key from a passphrase.</summary>
public static class Pbkdf2Sm3
{
    /// <summary>Most iterations that are ever run; more would only serve to keep a machine busy.</summary>
    public const int MaxIterations = 10_000_000;

    /// <summary>Longest key derived, in bytes.</summary>
    public const int MaxLength = 1024;

    /// <summary>Fills <paramref name="destination"/> (1 to 1,024 bytes) with 1 to 10,000,000 iterations; throws outside of these bounds.</summary>
    [SkipLocalsInit]
    public static void Derive(ReadOnlySpan<byte> passphrase, ReadOnlySpan<byte> salt, int iterations, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(iterations, MaxIterations);
        if (destination.Length is 0 or > MaxLength) throw new ArgumentException($"A derived key has 1 to {MaxLength} bytes.", nameof(destination));

        var keyed = HmacSm3State.Start(passphrase);
        Span<byte> number = stackalloc byte[4];
        Span<byte> block = stackalloc byte[Hash256.Size];
        Span<byte> sum = stackalloc byte[Hash256.Size];
        for (var index = 1u; !destination.IsEmpty; index++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(number, index);
            var mac = keyed;
            mac.Append(salt);
            mac.Append(number);
            mac.Finish(block);
            block.CopyTo(sum);
            for (var i = 1; i < iterations; i++)
            {
                mac = keyed;
                mac.Append(block);
                mac.Finish(block);
                for (var j = 0; j < sum.Length; j++) sum[j] ^= block[j];
            }
            var taken = int.Min(destination.Length, sum.Length);
            sum[..taken].CopyTo(destination);
            destination = destination[taken..];
        }
        CryptographicOperations.ZeroMemory(block);
        CryptographicOperations.ZeroMemory(sum);
    }
}
