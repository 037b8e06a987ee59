using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>The compression function of SM3 (GB/T 32905, 5.3), unrolled by four rounds and free of allocation.</summary>
internal static class Sm3Compression
{
    /// <summary>Bytes that one step takes.</summary>
    public const int BlockSize = 64;

    private const int ScheduleLength = 68;

    /// <summary>The chaining words that every message begins with.</summary>
    public static ReadOnlySpan<uint> InitialWords => [0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e];

    /// <summary>T_j rotated left by j mod 32, so that a round does not have to.</summary>
    public static ReadOnlySpan<uint> RoundConstants =>
    [
        0x79cc4519, 0xf3988a32, 0xe7311465, 0xce6228cb, 0x9cc45197, 0x3988a32f, 0x7311465e, 0xe6228cbc,
        0xcc451979, 0x988a32f3, 0x311465e7, 0x6228cbce, 0xc451979c, 0x88a32f39, 0x11465e73, 0x228cbce6,
        0x9d8a7a87, 0x3b14f50f, 0x7629ea1e, 0xec53d43c, 0xd8a7a879, 0xb14f50f3, 0x629ea1e7, 0xc53d43ce,
        0x8a7a879d, 0x14f50f3b, 0x29ea1e76, 0x53d43cec, 0xa7a879d8, 0x4f50f3b1, 0x9ea1e762, 0x3d43cec5,
        0x7a879d8a, 0xf50f3b14, 0xea1e7629, 0xd43cec53, 0xa879d8a7, 0x50f3b14f, 0xa1e7629e, 0x43cec53d,
        0x879d8a7a, 0x0f3b14f5, 0x1e7629ea, 0x3cec53d4, 0x79d8a7a8, 0xf3b14f50, 0xe7629ea1, 0xcec53d43,
        0x9d8a7a87, 0x3b14f50f, 0x7629ea1e, 0xec53d43c, 0xd8a7a879, 0xb14f50f3, 0x629ea1e7, 0xc53d43ce,
        0x8a7a879d, 0x14f50f3b, 0x29ea1e76, 0x53d43cec, 0xa7a879d8, 0x4f50f3b1, 0x9ea1e762, 0x3d43cec5,
    ];

    /// <summary>Takes whole blocks into the chaining words; <paramref name="blocks"/> must be a multiple of 64 bytes.</summary>
    [SkipLocalsInit]
    public static void Compress(ref Sm3Words words, ReadOnlySpan<byte> blocks)
    {
        if (blocks.Length % BlockSize != 0) throw new ArgumentException("Whole blocks only.", nameof(blocks));
        Span<uint> schedule = stackalloc uint[ScheduleLength];
        ref var w = ref MemoryMarshal.GetReference(schedule);
        while (!blocks.IsEmpty)
        {
            Expand(ref w, blocks);
            Rounds(ref words, ref w);
            blocks = blocks[BlockSize..];
        }
    }

    private static void Expand(ref uint w, ReadOnlySpan<byte> block)
    {
        for (var j = 0; j < 16; j++) Unsafe.Add(ref w, j) = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * j)..]);
        for (var j = 16; j < ScheduleLength; j++)
        {
            var x = Unsafe.Add(ref w, j - 16) ^ Unsafe.Add(ref w, j - 9) ^ BitOperations.RotateLeft(Unsafe.Add(ref w, j - 3), 15);
            x ^= BitOperations.RotateLeft(x, 15) ^ BitOperations.RotateLeft(x, 23);
            Unsafe.Add(ref w, j) = x ^ BitOperations.RotateLeft(Unsafe.Add(ref w, j - 13), 7) ^ Unsafe.Add(ref w, j - 6);
        }
    }

    private static void Rounds(ref Sm3Words words, ref uint w)
    {
        uint a = words[0], b = words[1], c = words[2], d = words[3], e = words[4], f = words[5], g = words[6], h = words[7];
        ref var t = ref MemoryMarshal.GetReference(RoundConstants);
        // Four rounds bring the eight names back to their places, so nothing is moved between registers.
        for (var j = 0; j < 16; j += 4)
        {
            Early(a, ref b, c, ref d, e, ref f, g, ref h, Unsafe.Add(ref t, j), ref Unsafe.Add(ref w, j));
            Early(d, ref a, b, ref c, h, ref e, f, ref g, Unsafe.Add(ref t, j + 1), ref Unsafe.Add(ref w, j + 1));
            Early(c, ref d, a, ref b, g, ref h, e, ref f, Unsafe.Add(ref t, j + 2), ref Unsafe.Add(ref w, j + 2));
            Early(b, ref c, d, ref a, f, ref g, h, ref e, Unsafe.Add(ref t, j + 3), ref Unsafe.Add(ref w, j + 3));
        }
        for (var j = 16; j < 64; j += 4)
        {
            Late(a, ref b, c, ref d, e, ref f, g, ref h, Unsafe.Add(ref t, j), ref Unsafe.Add(ref w, j));
            Late(d, ref a, b, ref c, h, ref e, f, ref g, Unsafe.Add(ref t, j + 1), ref Unsafe.Add(ref w, j + 1));
            Late(c, ref d, a, ref b, g, ref h, e, ref f, Unsafe.Add(ref t, j + 2), ref Unsafe.Add(ref w, j + 2));
            Late(b, ref c, d, ref a, f, ref g, h, ref e, Unsafe.Add(ref t, j + 3), ref Unsafe.Add(ref w, j + 3));
        }
        words[0] ^= a; words[1] ^= b; words[2] ^= c; words[3] ^= d;
        words[4] ^= e; words[5] ^= f; words[6] ^= g; words[7] ^= h;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Early(uint a, ref uint b, uint c, ref uint d, uint e, ref uint f, uint g, ref uint h, uint t, ref uint w)
    {
        var rotated = BitOperations.RotateLeft(a, 12);
        var ss1 = BitOperations.RotateLeft(rotated + e + t, 7);
        d = (a ^ b ^ c) + d + (ss1 ^ rotated) + (w ^ Unsafe.Add(ref w, 4));
        var tt2 = (e ^ f ^ g) + h + ss1 + w;
        h = tt2 ^ BitOperations.RotateLeft(tt2, 9) ^ BitOperations.RotateLeft(tt2, 17);
        b = BitOperations.RotateLeft(b, 9);
        f = BitOperations.RotateLeft(f, 19);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Late(uint a, ref uint b, uint c, ref uint d, uint e, ref uint f, uint g, ref uint h, uint t, ref uint w)
    {
        var rotated = BitOperations.RotateLeft(a, 12);
        var ss1 = BitOperations.RotateLeft(rotated + e + t, 7);
        d = ((a & b) | ((a | b) & c)) + d + (ss1 ^ rotated) + (w ^ Unsafe.Add(ref w, 4));
        var tt2 = (g ^ (e & (f ^ g))) + h + ss1 + w;
        h = tt2 ^ BitOperations.RotateLeft(tt2, 9) ^ BitOperations.RotateLeft(tt2, 17);
        b = BitOperations.RotateLeft(b, 9);
        f = BitOperations.RotateLeft(f, 19);
    }
}
