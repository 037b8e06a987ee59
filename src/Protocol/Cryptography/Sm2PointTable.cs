using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>
/// Odd multiples of a point, to multiply it by scalars. A scalar, made odd, is a sum of terms d·2^(w·i) with odd digits
/// −2^w &lt; d &lt; 2^w, so that none is zero and none needs an exception. Row j holds 1, 3, …, 2^w − 1 times 2^(w·stride·j) times the point, so with a stride of 1 there is
/// nothing to double, and with a larger one the rows are fewer by that factor. Immutable; for any number of threads.
/// </summary>
internal sealed class Sm2PointTable
{
    private readonly int _width;
    private readonly int _stride;
    private readonly int _digits;
    private readonly Sm2AffinePoint[] _entries;

    private Sm2PointTable(int width, int stride, int digits, Sm2AffinePoint[] entries) => (_width, _stride, _digits, _entries) = (width, stride, digits, entries);

    /// <summary>Multiples of the base point: 37 rows of 64, 185 KiB, nothing to double.</summary>
    public static Sm2PointTable Base { get; } = Create(new Sm2AffinePoint { X = Sm2FieldElement.BaseX, Y = Sm2FieldElement.BaseY }, width: 7, stride: 1);

    /// <summary>A table for a key met once: one row of 16, 1.3 KiB, and 255 doublings for each product.</summary>
    public static Sm2PointTable Small(in Sm2AffinePoint point) => Create(point, width: 5, stride: 52);

    /// <summary>A table for a key that comes again: 13 rows of 16, 16 KiB, and 15 doublings for each product.</summary>
    public static Sm2PointTable Large(in Sm2AffinePoint point) => Create(point, width: 5, stride: 4);

    /// <summary>t·P + s·G for public numbers, in variable time; neither is 0.</summary>
    public Sm2Point MultiplyAdd(in Sm2Scalar t, in Sm2Scalar s)
    {
        var odd = t.MakeOdd(out var negated);
        Sm2Point sum = default;
        for (var step = _stride - 1; step >= 0; step--)
        {
            for (var i = 0; step < _stride - 1 && i < _width; i++) Sm2Point.Double(ref sum);
            for (var (row, digit) = (0, step); digit < _digits; row++, digit += _stride) AddEntry(ref sum, row, odd, digit, negated);
        }
        odd = s.MakeOdd(out negated);
        for (var digit = 0; digit < Base._digits; digit++) Base.AddEntry(ref sum, digit, odd, digit, negated);
        return sum;
    }

    /// <summary>k·P for a secret k other than 0: whole rows are read, and nothing branches on k or is looked up by it.</summary>
    public Sm2Point MultiplySecret(in Sm2Scalar k)
    {
        var odd = k.MakeOdd(out var negated);
        Sm2Point sum = default;
        Unsafe.SkipInit(out Sm2AffinePoint entry);
        for (var step = _stride - 1; step >= 0; step--)
        {
            for (var i = 0; step < _stride - 1 && i < _width; i++) Sm2Point.Double(ref sum);
            for (var (row, digit) = (0, step); digit < _digits; row++, digit += _stride)
            {
                // Equal or opposite points meet for a handful of k in 2^256 only; they are added rightly too.
                SelectEntry(row, Digit(odd, digit, out var negative), negative ^ negated, ref entry);
                Sm2Point.Add(ref sum, entry.X, entry.Y);
            }
        }
        return sum;
    }

    private static Sm2PointTable Create(in Sm2AffinePoint point, int width, int stride)
    {
        var digits = (256 + width - 1) / width;
        var rows = (digits + stride - 1) / stride;
        var half = 1 << (width - 1);
        var points = new Sm2Point[rows * half];
        var first = Sm2Point.From(point);
        for (var row = 0; row < rows; row++)
        {
            var twice = first;
            Sm2Point.Double(ref twice);
            points[row * half] = first;
            for (var i = 1; i < half; i++)
            {
                points[row * half + i] = points[row * half + i - 1];
                Sm2Point.Add(ref points[row * half + i], twice);
            }
            for (var i = 0; row + 1 < rows && i < width * stride; i++) Sm2Point.Double(ref first);
        }
        var entries = new Sm2AffinePoint[points.Length];
        Sm2Point.ToAffine(points, entries);
        return new Sm2PointTable(width, stride, digits, entries);
    }

    // Digit i of an odd scalar is 2b + 1 − 2^w with b the i-th window of the bits above the lowest, but 2b + 1 for the last, whose
    // window has a bit less than the others: the sum telescopes.
    // Returns the entry of |d|; `negative` is all ones for d < 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Digit(in Sm2Scalar odd, int digit, out ulong negative)
    {
        var half = 1u << (_width - 1);
        var bits = odd.Window(digit * _width + 1, _width);
        if (digit == _digits - 1) bits |= half;
        negative = (ulong)(bits >> (_width - 1)) - 1;
        return (bits ^ (uint)negative) & (half - 1);
    }

    private void AddEntry(ref Sm2Point sum, int row, in Sm2Scalar odd, int digit, ulong negated)
    {
        var index = Digit(odd, digit, out var negative);
        ref readonly var entry = ref _entries[(row << (_width - 1)) + (int)index];
        if (negative == negated)
        {
            Sm2Point.Add(ref sum, entry.X, entry.Y);
            return;
        }
        Sm2FieldElement.Negate(out var y, entry.Y);
        Sm2Point.Add(ref sum, entry.X, y);
    }

    // Reads all of a row and keeps one entry; y negated where `negative` is all ones.
    [SkipLocalsInit]
    private void SelectEntry(int row, uint index, ulong negative, ref Sm2AffinePoint entry)
    {
        var half = 1 << (_width - 1);
        var words = System.Runtime.InteropServices.MemoryMarshal.Cast<Sm2AffinePoint, ulong>(_entries.AsSpan(row * half, half));
        var (first, second, third) = (Vector256<ulong>.Zero, Vector256<ulong>.Zero, Vector128<ulong>.Zero);
        for (var i = 0; i < half; i++)
        {
            var mask = Vector256.Equals(Vector256.Create((ulong)i), Vector256.Create((ulong)index));
            var source = words.Slice(i * 10, 10);
            first |= mask & Vector256.Create<ulong>(source);
            second |= mask & Vector256.Create<ulong>(source[4..]);
            third |= mask.GetLower() & Vector128.Create<ulong>(source[8..]);
        }
        entry.X = new Sm2FieldElement(first[0], first[1], first[2], first[3], second[0]);
        var y = new Sm2FieldElement(second[1], second[2], second[3], third[0], third[1]);
        Sm2FieldElement.Negate(out var opposite, y);
        entry.Y = Sm2FieldElement.Select(negative, opposite, y);
    }
}
