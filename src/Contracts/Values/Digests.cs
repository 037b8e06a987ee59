using Google.Protobuf;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Contracts.Values;

/// <summary>Digests that others sent.</summary>
internal static class Digests
{
    /// <summary>True for 32 bytes that are not all zero: a default digest is the digest of nothing.</summary>
    public static bool IsDigest(ByteString bytes) => Hash256.TryFrom(bytes.Span, out var hash) && !hash.IsZero;
}
