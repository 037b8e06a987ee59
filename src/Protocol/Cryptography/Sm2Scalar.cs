using System.Buffers.Binary;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>A number modulo the order n of the base point, always below n, in four 64-bit words. Branches on nothing but what its tests return.</summary>
internal readonly struct Sm2Scalar
{
    // Words of n, least significant first.
    private const ulong N0 = 0x53bbf40939d54123, N1 = 0x7203df6b21c6052b, N2 = 0xffffffffffffffff, N3 = 0xfffffffeffffffff;

    // −1/n mod 2^64, for Montgomery's reduction.
    private const ulong NegativeInverse = 0x327f9e8872350975;

    private readonly ulong _w0, _w1, _w2, _w3;

    private Sm2Scalar(ulong w0, ulong w1, ulong w2, ulong w3) => (_w0, _w1, _w2, _w3) = (w0, w1, w2, w3);

    /// <summary>1.</summary>
    public static Sm2Scalar One => new(1, 0, 0, 0);

    // 2^512 mod n: multiplying by it brings a number into Montgomery form.
    private static Sm2Scalar Square256 => new(0x901192af7c114f20, 0x3464504ade6fa2fa, 0x620fc84c3affe0d4, 0x1eb5e412a22b3d3b);

    /// <summary>True for 0.</summary>
    public bool IsZero => (_w0 | _w1 | _w2 | _w3) == 0;

    /// <summary>Takes 32 big-endian bytes modulo n: 2^256 is below 2n, so one subtraction does.</summary>
    public static Sm2Scalar Reduce(ReadOnlySpan<byte> bytes)
    {
        Read(bytes, out var w0, out var w1, out var w2, out var w3);
        return SubtractOrder(w0, w1, w2, w3, 0);
    }

    /// <summary>Takes 32 big-endian bytes; false for a number outside of 1 to n−1.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Sm2Scalar scalar)
    {
        Read(bytes, out var w0, out var w1, out var w2, out var w3);
        scalar = SubtractOrder(w0, w1, w2, w3, 0);
        return (scalar._w0 == w0) & (scalar._w1 == w1) & (scalar._w2 == w2) & (scalar._w3 == w3) & !scalar.IsZero;
    }

    /// <summary>Reads 32 big-endian bytes as four words, least significant first.</summary>
    public static void Read(ReadOnlySpan<byte> bytes, out ulong w0, out ulong w1, out ulong w2, out ulong w3)
    {
        if (bytes.Length != Sm2Curve.ScalarSize) throw new ArgumentException($"A scalar has {Sm2Curve.ScalarSize} bytes.", nameof(bytes));
        w3 = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        w2 = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        w1 = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        w0 = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>Writes four words, least significant first, as 32 big-endian bytes.</summary>
    public static void Write(Span<byte> bytes, ulong w0, ulong w1, ulong w2, ulong w3)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, w3);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], w2);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], w1);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], w0);
    }

    /// <summary>Writes 32 big-endian bytes.</summary>
    public void Write(Span<byte> bytes) => Write(bytes, _w0, _w1, _w2, _w3);

    /// <summary>True for the same number.</summary>
    public bool Equals(in Sm2Scalar other) => (_w0 ^ other._w0 | _w1 ^ other._w1 | _w2 ^ other._w2 | _w3 ^ other._w3) == 0;

    /// <summary>x + y mod n.</summary>
    public static Sm2Scalar Add(in Sm2Scalar x, in Sm2Scalar y)
    {
        var sum = (UInt128)x._w0 + y._w0;
        var w0 = (ulong)sum;
        sum = (sum >> 64) + x._w1 + y._w1;
        var w1 = (ulong)sum;
        sum = (sum >> 64) + x._w2 + y._w2;
        var w2 = (ulong)sum;
        sum = (sum >> 64) + x._w3 + y._w3;
        return SubtractOrder(w0, w1, w2, (ulong)sum, (ulong)(sum >> 64));
    }

    /// <summary>−x mod n.</summary>
    public static Sm2Scalar Negate(in Sm2Scalar x)
    {
        var difference = (UInt128)N0 - x._w0;
        var w0 = (ulong)difference;
        difference = (UInt128)N1 - x._w1 - (ulong)-(long)(ulong)(difference >> 64);
        var w1 = (ulong)difference;
        difference = (UInt128)N2 - x._w2 - (ulong)-(long)(ulong)(difference >> 64);
        var w2 = (ulong)difference;
        difference = (UInt128)N3 - x._w3 - (ulong)-(long)(ulong)(difference >> 64);
        return SubtractOrder(w0, w1, w2, (ulong)difference, 0);
    }

    /// <summary>x·y mod n.</summary>
    public static Sm2Scalar Multiply(in Sm2Scalar x, in Sm2Scalar y) => MontgomeryMultiply(MontgomeryMultiply(x, y), Square256);

    /// <summary>1/x mod n by Fermat, x^(n−2): the exponent is public, so nothing depends on x. 0 for 0.</summary>
    public static Sm2Scalar Invert(in Sm2Scalar x)
    {
        ReadOnlySpan<ulong> exponent = [N0 - 2, N1, N2, N3];
        var factor = MontgomeryMultiply(x, Square256);
        var power = MontgomeryMultiply(One, Square256);
        for (var bit = 255; bit >= 0; bit--)
        {
            power = MontgomeryMultiply(power, power);
            if ((exponent[bit >> 6] >> (bit & 63) & 1) != 0) power = MontgomeryMultiply(power, factor);
        }
        return MontgomeryMultiply(power, One);
    }

    /// <summary>This number where it is odd, else its negative, which then is odd because n is; <paramref name="negated"/> is all ones in the second case.</summary>
    public Sm2Scalar MakeOdd(out ulong negated)
    {
        negated = (_w0 & 1) - 1;
        var other = Negate(this);
        return new Sm2Scalar(
            _w0 ^ (negated & (_w0 ^ other._w0)), _w1 ^ (negated & (_w1 ^ other._w1)), _w2 ^ (negated & (_w2 ^ other._w2)), _w3 ^ (negated & (_w3 ^ other._w3)));
    }

    /// <summary><paramref name="width"/> bits (at most 8) from bit <paramref name="position"/> on; bits above 255 are 0.</summary>
    public uint Window(int position, int width)
    {
        var word = position >> 6;
        var shift = position & 63;
        var bits = Word(word) >> shift;
        if (shift + width > 64) bits |= Word(word + 1) << (64 - shift);
        return (uint)bits & ((1u << width) - 1);
    }

    /// <summary>As an element of the field.</summary>
    public Sm2FieldElement ToField() => Sm2FieldElement.FromWords(_w0, _w1, _w2, _w3);

    /// <summary>This number plus n as an element of the field; false where that is not below p.</summary>
    public bool TryAddOrderToField(out Sm2FieldElement element)
    {
        // p − n = 8dfc2093de39fad5ac440bf6c62abedc, and the upper 128 bits of n and p are the same: no carry gets there.
        var low = new UInt128(_w1, _w0);
        var small = (_w3 | _w2) == 0 && low < new UInt128(0x8dfc2093de39fad5, 0xac440bf6c62abedc);
        low += new UInt128(N1, N0);
        element = small ? Sm2FieldElement.FromWords((ulong)low, (ulong)(low >> 64), N2, N3) : default;
        return small;
    }

    // x·y/2^256 mod n (CIOS).
    private static Sm2Scalar MontgomeryMultiply(in Sm2Scalar x, in Sm2Scalar y)
    {
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0;
        for (var i = 0; i < 4; i++)
        {
            var factor = x.Word(i);
            var sum = ulong.BigMul(factor, y._w0) + t0;
            var lowest = (ulong)sum;
            sum = ulong.BigMul(factor, y._w1) + t1 + (ulong)(sum >> 64);
            t1 = (ulong)sum;
            sum = ulong.BigMul(factor, y._w2) + t2 + (ulong)(sum >> 64);
            t2 = (ulong)sum;
            sum = ulong.BigMul(factor, y._w3) + t3 + (ulong)(sum >> 64);
            t3 = (ulong)sum;
            sum = (UInt128)t4 + (ulong)(sum >> 64);
            t4 = (ulong)sum;
            var top = (ulong)(sum >> 64);

            var m = lowest * NegativeInverse;
            sum = ulong.BigMul(m, N0) + lowest;
            sum = ulong.BigMul(m, N1) + t1 + (ulong)(sum >> 64);
            t0 = (ulong)sum;
            sum = ulong.BigMul(m, N2) + t2 + (ulong)(sum >> 64);
            t1 = (ulong)sum;
            sum = ulong.BigMul(m, N3) + t3 + (ulong)(sum >> 64);
            t2 = (ulong)sum;
            sum = (UInt128)t4 + (ulong)(sum >> 64);
            t3 = (ulong)sum;
            t4 = top + (ulong)(sum >> 64);
        }
        return SubtractOrder(t0, t1, t2, t3, t4);
    }

    // A number below 2n, less n where it is not below n.
    private static Sm2Scalar SubtractOrder(ulong w0, ulong w1, ulong w2, ulong w3, ulong carry)
    {
        var difference = (UInt128)w0 - N0;
        var d0 = (ulong)difference;
        difference = (UInt128)w1 - N1 - (ulong)-(long)(ulong)(difference >> 64);
        var d1 = (ulong)difference;
        difference = (UInt128)w2 - N2 - (ulong)-(long)(ulong)(difference >> 64);
        var d2 = (ulong)difference;
        difference = (UInt128)w3 - N3 - (ulong)-(long)(ulong)(difference >> 64);
        var d3 = (ulong)difference;
        // All ones where the subtraction borrowed and there was no carry to take it from: keep the number.
        var keep = (ulong)(difference >> 64) & (carry - 1);
        return new Sm2Scalar(d0 ^ (keep & (d0 ^ w0)), d1 ^ (keep & (d1 ^ w1)), d2 ^ (keep & (d2 ^ w2)), d3 ^ (keep & (d3 ^ w3)));
    }

    private ulong Word(int index) => index switch { 0 => _w0, 1 => _w1, 2 => _w2, 3 => _w3, _ => 0 };
}
