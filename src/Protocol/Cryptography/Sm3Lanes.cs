using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>
/// SM3 of many tree nodes at once: a prefix byte and two digests each, 65 bytes, eight of them in the 32-bit lanes of a
/// vector. The lanes do not meet: each digest is what <see cref="Sm3"/> gives.
/// </summary>
internal static class Sm3Lanes
{
    /// <summary>Messages in one vector.</summary>
    public const int Lanes = 8;

    /// <summary>Words of an expanded block.</summary>
    public const int ScheduleLength = 68;

    private const uint MessageBits = 8 * (1 + 2 * Hash256.Size);

    /// <summary>SM3(prefix ‖ pairs[2i] ‖ pairs[2i+1]) into digests[i], for any number of them; the digests may take the place of the first pairs, which are read before.</summary>
    public static void HashPairs(byte prefix, ReadOnlySpan<Hash256> pairs, Span<Hash256> digests)
    {
        if (pairs.Length != 2 * digests.Length) throw new ArgumentException("Two inputs for each digest.", nameof(pairs));
        var done = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; done + Lanes <= digests.Length; done += Lanes) HashEight(prefix, pairs.Slice(2 * done, 2 * Lanes), digests.Slice(done, Lanes));
        }
        Span<byte> message = stackalloc byte[1 + 2 * Hash256.Size];
        for (; done < digests.Length; done++)
        {
            message[0] = prefix;
            pairs[2 * done].CopyTo(message[1..]);
            pairs[2 * done + 1].CopyTo(message[(1 + Hash256.Size)..]);
            digests[done] = Sm3.Hash(message);
        }
    }

    [SkipLocalsInit]
    private static void HashEight(byte prefix, ReadOnlySpan<Hash256> pairs, Span<Hash256> digests)
    {
        Span<uint> words = stackalloc uint[16 * Lanes];
        Span<byte> message = stackalloc byte[1 + 2 * Hash256.Size];
        Span<uint> last = stackalloc uint[Lanes];
        message[0] = prefix;
        for (var lane = 0; lane < Lanes; lane++)
        {
            pairs[2 * lane].CopyTo(message[1..]);
            pairs[2 * lane + 1].CopyTo(message[(1 + Hash256.Size)..]);
            for (var j = 0; j < 16; j++) words[j * Lanes + lane] = BinaryPrimitives.ReadUInt32BigEndian(message[(4 * j)..]);
            // The second block: the 65th byte and the padding's first bit.
            last[lane] = (uint)message[64] << 24 | 0x80u << 16;
        }

        Span<Vector256<uint>> state = stackalloc Vector256<uint>[8];
        Span<Vector256<uint>> schedule = stackalloc Vector256<uint>[ScheduleLength];
        for (var i = 0; i < 8; i++) state[i] = Vector256.Create(Sm3Compression.InitialWords[i]);
        for (var j = 0; j < 16; j++) schedule[j] = Vector256.Create<uint>(words.Slice(j * Lanes, Lanes));
        Compress(state, schedule);
        schedule[..16].Clear();
        schedule[0] = Vector256.Create<uint>(last);
        schedule[15] = Vector256.Create(MessageBits);
        Compress(state, schedule);

        Span<byte> digest = stackalloc byte[Hash256.Size];
        for (var lane = 0; lane < Lanes; lane++)
        {
            for (var i = 0; i < 8; i++) BinaryPrimitives.WriteUInt32BigEndian(digest[(4 * i)..], state[i][lane]);
            digests[lane] = Hash256.From(digest);
        }
    }

    /// <summary><see cref="Sm3Compression"/>'s steps on eight blocks: chaining words <paramref name="state"/>, and a <paramref name="schedule"/> whose first 16 words are given.</summary>
    public static void Compress(Span<Vector256<uint>> state, Span<Vector256<uint>> schedule)
    {
        for (var j = 16; j < ScheduleLength; j++)
        {
            var x = schedule[j - 16] ^ schedule[j - 9] ^ Rotate(schedule[j - 3], 15);
            schedule[j] = x ^ Rotate(x, 15) ^ Rotate(x, 23) ^ Rotate(schedule[j - 13], 7) ^ schedule[j - 6];
        }
        Vector256<uint> a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
        for (var j = 0; j < 64; j++)
        {
            var rotated = Rotate(a, 12);
            var ss1 = Rotate(rotated + e + Vector256.Create(Sm3Compression.RoundConstants[j]), 7);
            var ff = j < 16 ? a ^ b ^ c : (a & b) | ((a | b) & c);
            var gg = j < 16 ? e ^ f ^ g : g ^ (e & (f ^ g));
            var tt1 = ff + d + (ss1 ^ rotated) + (schedule[j] ^ schedule[j + 4]);
            var tt2 = gg + h + ss1 + schedule[j];
            (d, c, b, a) = (c, Rotate(b, 9), a, tt1);
            (h, g, f, e) = (g, Rotate(f, 19), e, tt2 ^ Rotate(tt2, 9) ^ Rotate(tt2, 17));
        }
        state[0] ^= a; state[1] ^= b; state[2] ^= c; state[3] ^= d;
        state[4] ^= e; state[5] ^= f; state[6] ^= g; state[7] ^= h;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Rotate(Vector256<uint> x, [ConstantExpected] byte count) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateLeft(x, count) : Vector256.ShiftLeft(x, count) | Vector256.ShiftRightLogical(x, 32 - count);
}
