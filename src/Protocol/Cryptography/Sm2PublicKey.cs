using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>A point of the SM2 curve other than infinity, as a key. Immutable; for any number of threads.</summary>
public sealed class Sm2PublicKey : IEquatable<Sm2PublicKey>
{
    /// <summary>Length of the encoding in bytes: 04, x, y.</summary>
    public const int Size = Sm2Curve.PointSize;

    // A table costs about four verifications without one, and saves most of the work of each further one.
    private const int UsesBeforeTable = 3;

    private readonly byte[] _encoded;
    private readonly Hash256 _identity;
    private readonly Sm2AffinePoint _point;
    private Sm2PointTable? _table;
    private int _uses;

    private Sm2PublicKey(ReadOnlySpan<byte> encoded, KeyId id, in Sm2AffinePoint point)
    {
        _encoded = encoded.ToArray();
        _identity = Sm3.Hash(Sm2Curve.IdentityPreamble, encoded[1..]);
        _point = point;
        Id = id;
    }

    /// <summary>The 65 bytes 04, x, y.</summary>
    public ReadOnlySpan<byte> Encoded => _encoded;

    /// <summary>SM3 of the 65 bytes.</summary>
    public KeyId Id { get; }

    /// <summary>Reads 65 bytes; false for another length, a compressed form, a coordinate out of range or a point off the curve.</summary>
    public static bool TryParse(ReadOnlySpan<byte> encoded, [NotNullWhen(true)] out Sm2PublicKey? key)
    {
        key = null;
        if (encoded.Length != Size) return false;
        var id = new KeyId(Sm3.Hash(encoded));
        key = Sm2KeyCache.Shared.Find(id);
        if (key is null && Sm2Curve.TryDecode(encoded, out var point)) key = Sm2KeyCache.Shared.Keep(new Sm2PublicKey(encoded, id, point));
        return key is not null;
    }

    /// <summary>True when <paramref name="signature"/> (64 bytes r‖s) is this key's over <paramref name="message"/> in <paramref name="context"/>. Never throws for what somebody sent.</summary>
    public bool Verify(SigningContext context, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        var digest = Digest(context, message);
        if (signature.Length != Sm2Signature.Size) return false;
        if (!Sm2Scalar.TryRead(signature[..Sm2Curve.ScalarSize], out var r) || !Sm2Scalar.TryRead(signature[Sm2Curve.ScalarSize..], out var s)) return false;
        var t = Sm2Scalar.Add(r, s);
        if (t.IsZero) return false;
        var sum = Table().MultiplyAdd(t, s);
        if (sum.IsInfinity()) return false;

        // (e + x) mod n = r, where x = X/Z² is below p: x is (r − e) mod n, or that plus n. Compared as X = x·Z², without an inversion.
        var expected = Sm2Scalar.Add(r, Sm2Scalar.Negate(Sm2Scalar.Reduce(digest.Span)));
        Sm2FieldElement.Square(out var square, sum.Z);
        return HasX(sum, square, expected.ToField()) || (expected.TryAddOrderToField(out var second) && HasX(sum, square, second));
    }

    /// <inheritdoc/>
    public bool Equals(Sm2PublicKey? other) => other is not null && _encoded.AsSpan().SequenceEqual(other._encoded);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Sm2PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();

    /// <summary>The key id in hexadecimal.</summary>
    public override string ToString() => Id.ToString();

    /// <summary>e of GB/T 32918.2: SM3(Z ‖ domain ‖ 0 ‖ message).</summary>
    [SkipLocalsInit]
    internal Hash256 Digest(SigningContext context, ReadOnlySpan<byte> message)
    {
        var state = Sm3State.Start();
        state.Append(_identity.Span);
        state.Append(context.Prefix);
        state.Append(message);
        return state.Finish();
    }

    /// <summary>k·P for a secret k.</summary>
    internal Sm2AffinePoint MultiplySecret(in Sm2Scalar k) => Sm2PointTable.Small(_point).MultiplySecret(k).ToAffine();

    private static bool HasX(in Sm2Point sum, in Sm2FieldElement square, in Sm2FieldElement x)
    {
        Sm2FieldElement.Multiply(out var scaled, x, square);
        Sm2FieldElement.Subtract(out var difference, scaled, sum.X);
        return difference.IsZero();
    }

    // Two threads may both make the table: it is the same one.
    private Sm2PointTable Table()
    {
        if (Volatile.Read(ref _table) is { } table) return table;
        if (Interlocked.Increment(ref _uses) < UsesBeforeTable) return Sm2PointTable.Small(_point);
        table = Sm2PointTable.Large(_point);
        Volatile.Write(ref _table, table);
        return table;
    }
}
