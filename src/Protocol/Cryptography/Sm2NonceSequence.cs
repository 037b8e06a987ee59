using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>
/// The nonces of RFC 6979, 3.2, with HMAC-SM3: a function of the private key and the digest e, in [1, n−1]. Both order
/// and digest have 256 bits, so one HMAC gives one candidate.
/// </summary>
internal ref struct Sm2NonceSequence
{
    // One candidate in 2^32 is out of range: 64 in a row do not happen.
    private const int MaxCandidates = 64;

    private Hash256 _key;
    private Hash256 _value;
    private bool _drawn;

    [SkipLocalsInit]
    public Sm2NonceSequence(scoped ReadOnlySpan<byte> secret, in Hash256 digest)
    {
        Span<byte> reduced = stackalloc byte[Sm2Curve.ScalarSize];
        Sm2Scalar.Reduce(digest.Span).Write(reduced);
        Span<byte> ones = stackalloc byte[Hash256.Size];
        ones.Fill(0x01);
        _value = Hash256.From(ones);
        _key = default;
        _drawn = false;
        Mix(0x00, secret, reduced);
        Mix(0x01, secret, reduced);
    }

    /// <summary>Writes the next nonce, 32 big-endian bytes.</summary>
    public void Next(Span<byte> nonce)
    {
        for (var attempt = 0; attempt < MaxCandidates; attempt++)
        {
            if (_drawn) Mix(0x00, default, default);
            _value = HmacSm3.Compute(_key.Span, _value.Span);
            _drawn = true;
            if (!Sm2Scalar.TryRead(_value.Span, out _)) continue;
            _value.CopyTo(nonce);
            return;
        }
        throw new CryptographicException("No nonce in range.");
    }

    // K = HMAC_K(V ‖ separator ‖ key ‖ digest); V = HMAC_K(V)
    private void Mix(byte separator, scoped ReadOnlySpan<byte> secret, scoped ReadOnlySpan<byte> digest)
    {
        var mac = HmacSm3State.Start(_key.Span);
        mac.Append(_value.Span);
        mac.Append([separator]);
        mac.Append(secret);
        mac.Append(digest);
        _key = mac.Finish();
        _value = HmacSm3.Compute(_key.Span, _value.Span);
    }
}
