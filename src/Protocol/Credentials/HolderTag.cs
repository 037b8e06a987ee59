using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Credentials;

/// <summary>What stands for a holder on the chain: SM3 of <c>LC1/holder</c>, a zero byte and the holder's public key.</summary>
public static class HolderTag
{
    /// <summary>The tag of the holder of <paramref name="key"/>.</summary>
    public static Hash256 Of(Sm2PublicKey key) => Sm3.Hash("LC1/holder\0"u8, key.Encoded);
}
