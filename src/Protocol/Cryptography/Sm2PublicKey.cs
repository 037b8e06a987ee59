using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using LicenceChain.Protocol.Primitives;
using Org.BouncyCastle.Math.EC;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>A point of the SM2 curve other than infinity, as a key. Immutable; for any number of threads.</summary>
public sealed class Sm2PublicKey : IEquatable<Sm2PublicKey>
{
    /// <summary>Length of the encoding in bytes: 04, x, y.</summary>
    public const int Size = Sm2Curve.PointSize;

    private readonly byte[] _encoded;
    private readonly Hash256 _identity;

    private Sm2PublicKey(ReadOnlySpan<byte> encoded, ECPoint point)
    {
        _encoded = encoded.ToArray();
        _identity = Sm3.Hash(Sm2Curve.IdentityPreamble, encoded[1..]);
        Point = point;
        Id = new KeyId(Sm3.Hash(encoded));
    }

    /// <summary>The 65 bytes 04, x, y.</summary>
    public ReadOnlySpan<byte> Encoded => _encoded;

    /// <summary>SM3 of the 65 bytes.</summary>
    public KeyId Id { get; }

    /// <summary>The point itself.</summary>
    internal ECPoint Point { get; }

    /// <summary>Reads 65 bytes; false for another length, a compressed form, a coordinate out of range or a point off the curve.</summary>
    public static bool TryParse(ReadOnlySpan<byte> encoded, [NotNullWhen(true)] out Sm2PublicKey? key)
    {
        key = Sm2Curve.TryDecode(encoded, out var point) ? new Sm2PublicKey(encoded, point!) : null;
        return key is not null;
    }

    /// <summary>True when <paramref name="signature"/> (64 bytes r‖s) is this key's over <paramref name="message"/> in <paramref name="context"/>. Never throws for what somebody sent.</summary>
    public bool Verify(SigningContext context, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        var digest = Digest(context, message);
        if (!Sm2Signature.TryRead(signature, out var r, out var s)) return false;
        var t = r.Add(s).Mod(Sm2Curve.Order);
        if (t.SignValue == 0) return false;
        var sum = Sm2Curve.MultiplySum(s, t, Point);
        if (sum.IsInfinity) return false;
        var e = Sm2Curve.ToInteger(digest.Span);
        return e.Add(sum.AffineXCoord.ToBigInteger()).Mod(Sm2Curve.Order).Equals(r);
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
}
