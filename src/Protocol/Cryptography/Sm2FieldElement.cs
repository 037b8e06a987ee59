using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>
/// A number modulo p = 2^256 − 2^224 − 2^96 + 2^64 − 1, times R = 2^260 (Montgomery form), in five limbs of 52 bits.
/// Bounds, kept by every operation and checked in debug builds: each limb is below 2^52 and the number below 2p, so that
/// a number has at most the two forms v and v + p. Nothing here branches on a value, except the tests at the end.
/// </summary>
internal struct Sm2FieldElement
{
    private const int LimbBits = 52;
    private const ulong Mask = (1UL << LimbBits) - 1;
    private const int TopBits = 48; // 256 − 4·52
    private const ulong TopMask = (1UL << TopBits) - 1;

    // Limbs of p.
    private const ulong P0 = 0xfffffffffffff, P1 = 0xff00000000fff, P2 = 0xfffffffffffff, P3 = 0xfffffffffffff, P4 = 0xfffffffeffff;

    public ulong L0, L1, L2, L3, L4;

    public Sm2FieldElement(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4) => (L0, L1, L2, L3, L4) = (l0, l1, l2, l3, l4);

    /// <summary>1, that is R mod p.</summary>
    public static Sm2FieldElement One => new(0x0000000000010, 0x0ffffffff0000, 0x0000000000000, 0x0000000000000, 0x0000000100000);

    /// <summary>b of the curve.</summary>
    public static Sm2FieldElement CurveB => new(0x30632bc0dd422, 0xb09b537ab70d2, 0xa51c3c71cf379, 0x2c8527981505e, 0x040fe188da20e);

    /// <summary>x of the base point.</summary>
    public static Sm2FieldElement BaseX => new(0x8990f418029e9, 0xe6ca6c04fd132, 0x24c3c33e7981e, 0xb05d6a1ed99ac, 0x01167a5f71c13);

    /// <summary>y of the base point.</summary>
    public static Sm2FieldElement BaseY => new(0x4e593c2d0ddd6, 0x8ed3295fa6135, 0x2a48f8c1f5e57, 0x5bd8d4cfb066e, 0x03cd65d4e1d73);

    // R² mod p: multiplying by it brings a number into Montgomery form.
    private static Sm2FieldElement Square260 => new(0x0020000000300, 0xffffffff00000, 0x0000100000002, 0x0200000001000, 0x0000004000000);

    /// <summary>
    /// x·y/R mod p. Of each product the high part, above bit 52, and the low 64 bits are summed by column. The sum of the low
    /// 52 bits is below 2^55, so it is what is left of the low sum, modulo 2^64, without the high parts' share: no product is
    /// ever masked, and no sum carries. Below 1.25p for factors below 2p.
    /// </summary>
    [SkipLocalsInit]
    public static void Multiply(out Sm2FieldElement result, in Sm2FieldElement x, in Sm2FieldElement y)
    {
        AssertBounds(x);
        AssertBounds(y);
        ulong x0 = x.L0, x1 = x.L1, x2 = x.L2, x3 = x.L3, x4 = x.L4;
        ulong y0 = y.L0, y1 = y.L1, y2 = y.L2, y3 = y.L3, y4 = y.L4;
        ulong b0 = y0 << 12, b1 = y1 << 12, b2 = y2 << 12, b3 = y3 << 12, b4 = y4 << 12;
        var low0 = x0 * y0; var high0 = High(x0, b0);
        var low1 = x0 * y1; var high1 = High(x0, b1);
        low1 += x1 * y0; high1 += High(x1, b0);
        var low2 = x0 * y2; var high2 = High(x0, b2);
        low2 += x1 * y1; high2 += High(x1, b1);
        low2 += x2 * y0; high2 += High(x2, b0);
        var low3 = x0 * y3; var high3 = High(x0, b3);
        low3 += x1 * y2; high3 += High(x1, b2);
        low3 += x2 * y1; high3 += High(x2, b1);
        low3 += x3 * y0; high3 += High(x3, b0);
        var low4 = x0 * y4; var high4 = High(x0, b4);
        low4 += x1 * y3; high4 += High(x1, b3);
        low4 += x2 * y2; high4 += High(x2, b2);
        low4 += x3 * y1; high4 += High(x3, b1);
        low4 += x4 * y0; high4 += High(x4, b0);
        var low5 = x1 * y4; var high5 = High(x1, b4);
        low5 += x2 * y3; high5 += High(x2, b3);
        low5 += x3 * y2; high5 += High(x3, b2);
        low5 += x4 * y1; high5 += High(x4, b1);
        var low6 = x2 * y4; var high6 = High(x2, b4);
        low6 += x3 * y3; high6 += High(x3, b3);
        low6 += x4 * y2; high6 += High(x4, b2);
        var low7 = x3 * y4; var high7 = High(x3, b4);
        low7 += x4 * y3; high7 += High(x4, b3);
        var low8 = x4 * y4; var high8 = High(x4, b4);
        var c0 = low0 - (high0 << LimbBits);
        var c1 = low1 - (high1 << LimbBits) + high0;
        var c2 = low2 - (high2 << LimbBits) + high1;
        var c3 = low3 - (high3 << LimbBits) + high2;
        var c4 = low4 - (high4 << LimbBits) + high3;
        var c5 = low5 - (high5 << LimbBits) + high4;
        var c6 = low6 - (high6 << LimbBits) + high5;
        var c7 = low7 - (high7 << LimbBits) + high6;
        var c8 = low8 - (high8 << LimbBits) + high7;
        var c9 = high8;
        Reduce(c0, ref c1, ref c2, ref c4, ref c5);
        Reduce(c1, ref c2, ref c3, ref c5, ref c6);
        Reduce(c2, ref c3, ref c4, ref c6, ref c7);
        Reduce(c3, ref c4, ref c5, ref c7, ref c8);
        Reduce(c4, ref c5, ref c6, ref c8, ref c9);
        Carry(out result, c5, c6, c7, c8, c9);
    }

    /// <summary>x²/R mod p, with the mixed products once.</summary>
    [SkipLocalsInit]
    public static void Square(out Sm2FieldElement result, in Sm2FieldElement x)
    {
        AssertBounds(x);
        ulong y0 = x.L0, y1 = x.L1, y2 = x.L2, y3 = x.L3, y4 = x.L4;
        ulong d0 = y0 << 1, d1 = y1 << 1, d2 = y2 << 1, d3 = y3 << 1;
        ulong b0 = y0 << 12, b1 = y1 << 12, b2 = y2 << 12, b3 = y3 << 12, b4 = y4 << 12;
        var low0 = y0 * y0; var high0 = High(y0, b0);
        var low1 = d0 * y1; var high1 = High(d0, b1);
        var low2 = d0 * y2; var high2 = High(d0, b2);
        low2 += y1 * y1; high2 += High(y1, b1);
        var low3 = d0 * y3; var high3 = High(d0, b3);
        low3 += d1 * y2; high3 += High(d1, b2);
        var low4 = d0 * y4; var high4 = High(d0, b4);
        low4 += d1 * y3; high4 += High(d1, b3);
        low4 += y2 * y2; high4 += High(y2, b2);
        var low5 = d1 * y4; var high5 = High(d1, b4);
        low5 += d2 * y3; high5 += High(d2, b3);
        var low6 = d2 * y4; var high6 = High(d2, b4);
        low6 += y3 * y3; high6 += High(y3, b3);
        var low7 = d3 * y4; var high7 = High(d3, b4);
        var low8 = y4 * y4; var high8 = High(y4, b4);
        var c0 = low0 - (high0 << LimbBits);
        var c1 = low1 - (high1 << LimbBits) + high0;
        var c2 = low2 - (high2 << LimbBits) + high1;
        var c3 = low3 - (high3 << LimbBits) + high2;
        var c4 = low4 - (high4 << LimbBits) + high3;
        var c5 = low5 - (high5 << LimbBits) + high4;
        var c6 = low6 - (high6 << LimbBits) + high5;
        var c7 = low7 - (high7 << LimbBits) + high6;
        var c8 = low8 - (high8 << LimbBits) + high7;
        var c9 = high8;
        Reduce(c0, ref c1, ref c2, ref c4, ref c5);
        Reduce(c1, ref c2, ref c3, ref c5, ref c6);
        Reduce(c2, ref c3, ref c4, ref c6, ref c7);
        Reduce(c3, ref c4, ref c5, ref c7, ref c8);
        Reduce(c4, ref c5, ref c6, ref c8, ref c9);
        Carry(out result, c5, c6, c7, c8, c9);
    }

    /// <summary>x + y.</summary>
    [SkipLocalsInit]
    public static void Add(out Sm2FieldElement result, in Sm2FieldElement x, in Sm2FieldElement y) =>
        Fold(out result, x.L0 + y.L0, x.L1 + y.L1, x.L2 + y.L2, x.L3 + y.L3, x.L4 + y.L4);

    /// <summary>x − y: 2p is added first, so that the whole is not negative; a limb may be.</summary>
    [SkipLocalsInit]
    public static void Subtract(out Sm2FieldElement result, in Sm2FieldElement x, in Sm2FieldElement y) =>
        Fold(out result, x.L0 + 2 * P0 - y.L0, x.L1 + 2 * P1 - y.L1, x.L2 + 2 * P2 - y.L2, x.L3 + 2 * P3 - y.L3, x.L4 + 2 * P4 - y.L4);

    /// <summary>x times a small number, at most 8.</summary>
    [SkipLocalsInit]
    public static void Scale(out Sm2FieldElement result, in Sm2FieldElement x, ulong factor) =>
        Fold(out result, x.L0 * factor, x.L1 * factor, x.L2 * factor, x.L3 * factor, x.L4 * factor);

    /// <summary>−x.</summary>
    public static void Negate(out Sm2FieldElement result, in Sm2FieldElement x) => Subtract(out result, default, x);

    /// <summary><paramref name="x"/> where <paramref name="mask"/> is all ones, <paramref name="y"/> where it is 0.</summary>
    public static Sm2FieldElement Select(ulong mask, in Sm2FieldElement x, in Sm2FieldElement y) => new(
        y.L0 ^ (mask & (x.L0 ^ y.L0)), y.L1 ^ (mask & (x.L1 ^ y.L1)), y.L2 ^ (mask & (x.L2 ^ y.L2)), y.L3 ^ (mask & (x.L3 ^ y.L3)), y.L4 ^ (mask & (x.L4 ^ y.L4)));

    /// <summary>1/x by Fermat, x^(p−2) along a fixed chain; 0 for 0.</summary>
    public static void Invert(out Sm2FieldElement result, in Sm2FieldElement x)
    {
        // ones(k) stands for x^(2^k − 1).
        ShiftMultiply(out var ones2, x, 1, x);
        ShiftMultiply(out var ones4, ones2, 2, ones2);
        ShiftMultiply(out var ones8, ones4, 4, ones4);
        ShiftMultiply(out var ones16, ones8, 8, ones8);
        ShiftMultiply(out var ones24, ones16, 8, ones8);
        ShiftMultiply(out var ones28, ones24, 4, ones4);
        ShiftMultiply(out var ones30, ones28, 2, ones2);
        ShiftMultiply(out var ones31, ones30, 1, x);
        ShiftMultiply(out var ones32, ones31, 1, x);
        // p − 2 = fffffffe ffffffff ffffffff ffffffff ffffffff 00000000 ffffffff fffffffd
        ShiftMultiply(out var power, ones31, 33, ones32);
        for (var word = 0; word < 3; word++) ShiftMultiply(out power, power, 32, ones32);
        ShiftMultiply(out power, power, 64, ones32);
        ShiftMultiply(out power, power, 30, ones30);
        ShiftMultiply(out result, power, 2, x);
    }

    /// <summary>Takes a number below 2^256, given in four 64-bit words, least significant first, into Montgomery form.</summary>
    public static Sm2FieldElement FromWords(ulong w0, ulong w1, ulong w2, ulong w3)
    {
        var plain = new Sm2FieldElement(w0 & Mask, (w0 >> 52 | w1 << 12) & Mask, (w1 >> 40 | w2 << 24) & Mask, (w2 >> 28 | w3 << 36) & Mask, w3 >> 16);
        Multiply(out var result, plain, Square260);
        return result;
    }

    /// <summary>The number itself, below p, in four 64-bit words, least significant first.</summary>
    public readonly void ToWords(out ulong w0, out ulong w1, out ulong w2, out ulong w3)
    {
        // Multiplying by 1 takes R away and leaves a number of at most p; p itself stands for 0.
        Multiply(out var plain, this, new Sm2FieldElement(1, 0, 0, 0, 0));
        var keep = plain.IsPrime() ? 0UL : ~0UL;
        w0 = (plain.L0 | plain.L1 << 52) & keep;
        w1 = (plain.L1 >> 12 | plain.L2 << 40) & keep;
        w2 = (plain.L2 >> 24 | plain.L3 << 28) & keep;
        w3 = (plain.L3 >> 36 | plain.L4 << 16) & keep;
    }

    /// <summary>True for 0 in either form.</summary>
    public readonly bool IsZero() => (L0 | L1 | L2 | L3 | L4) == 0 || IsPrime();

    private readonly bool IsPrime() => L0 == P0 && L1 == P1 && L2 == P2 && L3 == P3 && L4 == P4;

    // x^(2^shift)·y
    private static void ShiftMultiply(out Sm2FieldElement result, in Sm2FieldElement x, int shift, in Sm2FieldElement y)
    {
        var power = x;
        for (var i = 0; i < shift; i++) Square(out power, power);
        Multiply(out result, power, y);
    }

    // The product of a and b above bit 52, given b·2^12. The processor's own instruction where there is one: the general form
    // asks more of the compiler's inlining than a method of 25 products is granted.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong High(ulong a, ulong shifted) => Bmi2.X64.IsSupported ? Bmi2.X64.MultiplyNoFlags(a, shifted) : (ulong)(ulong.BigMul(a, shifted) >> 64);

    // Adds m·p with m = the lowest column mod 2^52 (p ≡ −1, so the multiplier is the column itself), and carries what is left
    // of the column. m·(p + 1) = m·(2^48 − 2^16) at limb 4 less m·(2^44 − 2^12) at limb 1, each power split at bit 52.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Reduce(ulong lowest, ref ulong next, ref ulong second, ref ulong fourth, ref ulong fifth)
    {
        var m = lowest & Mask;
        next += (ulong)((long)lowest >> LimbBits) + ((m << 12) & Mask) - ((m << 44) & Mask);
        second += (m >> 40) - (m >> 8);
        fourth += ((m << 48) & Mask) - ((m << 16) & Mask);
        fifth += (m >> 4) - (m >> 36);
    }

    // Brings a number that is not negative, below 16p, with limbs that may be, below 1.01p: what lies above 2^256 is folded by 2^256 ≡ 2^224 + 2^96 − 2^64 + 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fold(out Sm2FieldElement result, ulong t0, ulong t1, ulong t2, ulong t3, ulong t4)
    {
        var excess = (ulong)((long)t4 >> TopBits);
        Carry(out result, t0 + excess, t1 + (excess << 44) - (excess << 12), t2, t3, (t4 & TopMask) + (excess << 16));
    }

    // Signed carries, so that limbs are below 2^52 again.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Carry(out Sm2FieldElement result, ulong t0, ulong t1, ulong t2, ulong t3, ulong t4)
    {
        t1 += (ulong)((long)t0 >> LimbBits);
        t2 += (ulong)((long)t1 >> LimbBits);
        t3 += (ulong)((long)t2 >> LimbBits);
        t4 += (ulong)((long)t3 >> LimbBits);
        result.L0 = t0 & Mask;
        result.L1 = t1 & Mask;
        result.L2 = t2 & Mask;
        result.L3 = t3 & Mask;
        result.L4 = t4;
        AssertBounds(result);
    }

    [Conditional("DEBUG")]
    private static void AssertBounds(in Sm2FieldElement x) =>
        Debug.Assert(x.L0 <= Mask && x.L1 <= Mask && x.L2 <= Mask && x.L3 <= Mask && x.L4 <= 2 * P4 + 1, "A limb is out of its bounds.");
}
