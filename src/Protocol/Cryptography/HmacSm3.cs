using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Cryptography;

/// <summary>HMAC (RFC 2104) over SM3.</summary>
public static class HmacSm3
{
    /// <summary>The 32-byte code of <paramref name="data"/> under <paramref name="key"/>; both of any length.</summary>
    public static Hash256 Compute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data)
    {
        var mac = HmacSm3State.Start(key);
        mac.Append(data);
        return mac.Finish();
    }
}
