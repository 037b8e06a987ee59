using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Contracts.Values;

/// <summary>The tag that stands for a holder on the chain.</summary>
internal static class HolderTags
{
    private static ReadOnlySpan<byte> Domain => "LC1/holder\0"u8;

    /// <summary>SM3("LC1/holder" ‖ 0 ‖ the key's 65 bytes).</summary>
    public static Hash256 Of(Sm2PublicKey key) => Sm3.Hash(Domain, key.Encoded);
}
