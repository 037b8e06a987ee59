using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>An HMAC-SM3 under way: a value; copy a keyed one instead of keying it again.</summary>
internal struct HmacSm3State
{
    private Sm3State _inner;
    private Sm3State _outer;

    /// <summary>A computation keyed with <paramref name="key"/> that has taken nothing yet.</summary>
    [SkipLocalsInit]
    public static HmacSm3State Start(ReadOnlySpan<byte> key)
    {
        Span<byte> pad = stackalloc byte[Sm3Compression.BlockSize];
        pad.Clear();
        if (key.Length > pad.Length) Sm3.HashTo(key, pad[..Hash256.Size]);
        else key.CopyTo(pad);

        HmacSm3State state;
        state._inner = Sm3State.Start();
        state._outer = Sm3State.Start();
        foreach (ref var b in pad) b ^= 0x36;
        state._inner.Append(pad);
        foreach (ref var b in pad) b ^= 0x36 ^ 0x5c;
        state._outer.Append(pad);
        CryptographicOperations.ZeroMemory(pad);
        return state;
    }

    /// <summary>Takes more of the message.</summary>
    public void Append(ReadOnlySpan<byte> data) => _inner.Append(data);

    /// <summary>The code. The state is spent afterwards.</summary>
    [SkipLocalsInit]
    public Hash256 Finish()
    {
        Span<byte> digest = stackalloc byte[Hash256.Size];
        Finish(digest);
        return Hash256.From(digest);
    }

    /// <summary>Writes the code to exactly 32 bytes. The state is spent afterwards.</summary>
    public void Finish(Span<byte> destination)
    {
        _inner.Finish(destination);
        _outer.Append(destination);
        _outer.Finish(destination);
    }
}
