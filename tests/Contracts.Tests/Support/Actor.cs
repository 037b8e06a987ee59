using System.Buffers.Binary;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Contracts.Tests.Support;

/// <summary>Somebody with a key: an officer or service of a member, or a holder (then without member).</summary>
internal sealed class Actor
{
    public Actor(int seed, OrganisationCode member = default)
    {
        Span<byte> secret = stackalloc byte[Sm2PrivateKey.Size];
        secret.Fill(0x11);
        BinaryPrimitives.WriteInt32BigEndian(secret[4..], seed);
        Key = Sm2PrivateKey.TryImport(secret, out var key) ? key : throw new InvalidOperationException("A test key is out of range.");
        Member = member;
    }

    public Sm2PrivateKey Key { get; }

    public OrganisationCode Member { get; }

    public KeyId Id => Key.PublicKey.Id;

    public byte[] Sign(SigningContext context, ReadOnlySpan<byte> message)
    {
        var signature = new byte[Sm2Signature.Size];
        Key.Sign(context, message, signature);
        return signature;
    }
}
