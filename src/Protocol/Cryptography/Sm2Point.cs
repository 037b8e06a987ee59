using System.Runtime.CompilerServices;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>A point of the curve in Jacobian coordinates: x = X/Z², y = Y/Z³; Z = 0 is infinity.</summary>
internal struct Sm2Point
{
    public Sm2FieldElement X;
    public Sm2FieldElement Y;
    public Sm2FieldElement Z;

    /// <summary>The point with these coordinates.</summary>
    public static Sm2Point From(in Sm2AffinePoint point) => new() { X = point.X, Y = point.Y, Z = Sm2FieldElement.One };

    /// <summary>True for infinity.</summary>
    public readonly bool IsInfinity() => Z.IsZero();

    /// <summary>Doubles: dbl-2001-b for a = −3. Infinity stays infinity; no point has order 2.</summary>
    [SkipLocalsInit]
    public static void Double(ref Sm2Point point)
    {
        Sm2FieldElement.Square(out var delta, point.Z);
        Sm2FieldElement.Square(out var gamma, point.Y);
        Sm2FieldElement.Multiply(out var beta, point.X, gamma);
        Sm2FieldElement.Subtract(out var left, point.X, delta);
        Sm2FieldElement.Add(out var right, point.X, delta);
        Sm2FieldElement.Multiply(out var alpha, left, right);
        Sm2FieldElement.Scale(out alpha, alpha, 3);

        Sm2FieldElement.Add(out var z, point.Y, point.Z);
        Sm2FieldElement.Square(out z, z);
        Sm2FieldElement.Subtract(out z, z, gamma);
        Sm2FieldElement.Subtract(out point.Z, z, delta);

        Sm2FieldElement.Scale(out beta, beta, 4);
        Sm2FieldElement.Square(out var x, alpha);
        Sm2FieldElement.Subtract(out x, x, beta);
        Sm2FieldElement.Subtract(out point.X, x, beta);

        Sm2FieldElement.Subtract(out beta, beta, point.X);
        Sm2FieldElement.Square(out gamma, gamma);
        Sm2FieldElement.Scale(out gamma, gamma, 8);
        Sm2FieldElement.Multiply(out alpha, alpha, beta);
        Sm2FieldElement.Subtract(out point.Y, alpha, gamma);
    }

    /// <summary>Adds a point given by its coordinates; equal points, opposite points and infinity included.</summary>
    [SkipLocalsInit]
    public static void Add(ref Sm2Point sum, in Sm2FieldElement x, in Sm2FieldElement y)
    {
        if (sum.IsInfinity())
        {
            (sum.X, sum.Y, sum.Z) = (x, y, Sm2FieldElement.One);
            return;
        }
        Sm2FieldElement.Square(out var zz, sum.Z);
        Sm2FieldElement.Multiply(out var u, zz, x);
        Sm2FieldElement.Multiply(out var s, zz, sum.Z);
        Sm2FieldElement.Multiply(out s, s, y);
        Join(ref sum, sum.X, sum.Y, u, s);
    }

    /// <summary>Adds any point.</summary>
    [SkipLocalsInit]
    public static void Add(ref Sm2Point sum, in Sm2Point other)
    {
        if (other.IsInfinity()) return;
        if (sum.IsInfinity())
        {
            sum = other;
            return;
        }
        Sm2FieldElement.Square(out var zz, other.Z);
        Sm2FieldElement.Multiply(out var x, zz, sum.X);
        Sm2FieldElement.Multiply(out var y, zz, other.Z);
        Sm2FieldElement.Multiply(out y, y, sum.Y);
        Sm2FieldElement.Square(out zz, sum.Z);
        Sm2FieldElement.Multiply(out var u, zz, other.X);
        Sm2FieldElement.Multiply(out var s, zz, sum.Z);
        Sm2FieldElement.Multiply(out s, s, other.Y);
        Sm2FieldElement.Multiply(out var z, sum.Z, other.Z);
        sum.Z = z;
        Join(ref sum, x, y, u, s);
    }

    /// <summary>The coordinates; the point is not infinity.</summary>
    public readonly Sm2AffinePoint ToAffine()
    {
        Sm2FieldElement.Invert(out var inverse, Z);
        Scale(inverse, out var affine);
        return affine;
    }

    /// <summary>The coordinates of all points with one inversion (Montgomery's trick); none is infinity.</summary>
    public static void ToAffine(ReadOnlySpan<Sm2Point> points, Span<Sm2AffinePoint> affine)
    {
        var products = new Sm2FieldElement[points.Length];
        var product = Sm2FieldElement.One;
        for (var i = 0; i < points.Length; i++)
        {
            products[i] = product;
            Sm2FieldElement.Multiply(out product, product, points[i].Z);
        }
        Sm2FieldElement.Invert(out var inverse, product);
        for (var i = points.Length - 1; i >= 0; i--)
        {
            Sm2FieldElement.Multiply(out var own, inverse, products[i]);
            points[i].Scale(own, out affine[i]);
            Sm2FieldElement.Multiply(out inverse, inverse, points[i].Z);
        }
    }

    // x = X/Z², y = Y/Z³
    private readonly void Scale(in Sm2FieldElement inverse, out Sm2AffinePoint affine)
    {
        Sm2FieldElement.Square(out var square, inverse);
        Sm2FieldElement.Multiply(out affine.X, X, square);
        Sm2FieldElement.Multiply(out square, square, inverse);
        Sm2FieldElement.Multiply(out affine.Y, Y, square);
    }

    // The rest of an addition, both points brought to one denominator Z, which sum.Z holds: (x, y) + (u, s).
    [SkipLocalsInit]
    private static void Join(ref Sm2Point sum, in Sm2FieldElement x, in Sm2FieldElement y, in Sm2FieldElement u, in Sm2FieldElement s)
    {
        Sm2FieldElement.Subtract(out var h, u, x);
        Sm2FieldElement.Subtract(out var r, s, y);
        if (h.IsZero())
        {
            sum.X = x;
            sum.Y = y;
            if (r.IsZero()) Double(ref sum);
            else sum.Z = default;
            return;
        }
        Sm2FieldElement.Square(out var hh, h);
        Sm2FieldElement.Multiply(out var v, hh, x);
        Sm2FieldElement.Multiply(out hh, hh, h);
        Sm2FieldElement.Multiply(out sum.Z, sum.Z, h);
        Sm2FieldElement.Multiply(out var old, hh, y);

        Sm2FieldElement.Square(out var x3, r);
        Sm2FieldElement.Subtract(out x3, x3, hh);
        Sm2FieldElement.Subtract(out x3, x3, v);
        Sm2FieldElement.Subtract(out sum.X, x3, v);
        Sm2FieldElement.Subtract(out v, v, sum.X);
        Sm2FieldElement.Multiply(out v, v, r);
        Sm2FieldElement.Subtract(out sum.Y, v, old);
    }
}
