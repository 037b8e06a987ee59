using System.Buffers.Binary;
using LicenceChain.Protocol.Cryptography;

namespace LicenceChain.Sdk.Tests.Support;

/// <summary>Keys that are the same in every run.</summary>
internal static class Keys
{
    public static Sm2PrivateKey Of(int seed)
    {
        Span<byte> secret = stackalloc byte[Sm2PrivateKey.Size];
        secret.Fill(0x22);
        BinaryPrimitives.WriteInt32BigEndian(secret[8..], seed);
        return Sm2PrivateKey.TryImport(secret, out var key) ? key : throw new InvalidOperationException("A test key is out of range.");
    }
}
