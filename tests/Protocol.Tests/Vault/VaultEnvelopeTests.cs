using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Vault;

namespace LicenceChain.Protocol.Tests.Vault;

public sealed class VaultEnvelopeTests : IDisposable
{
    private static readonly byte[] ContentKey = [.. Enumerable.Range(1, Sm4Gcm.KeySize).Select(i => (byte)i)];
    private static readonly byte[] Nonce = [.. Enumerable.Range(101, Sm4Gcm.NonceSize).Select(i => (byte)i)];

    private readonly Sm2PrivateKey _requester = Sm2PrivateKey.Generate();
    private readonly ReleasedAttributes _attributes = new() { LicenceId = "1.2.156", Attributes = { new DisclosedAttribute { Index = 3 } } };

    [Fact]
    public void Envelope_opens_for_the_requester_and_its_request()
    {
        Assert.True(VaultEnvelope.TryOpen(_requester, "request"u8, Seal(), out var opened));
        Assert.Equal(_attributes, opened);
    }

    [Fact]
    public void Envelope_stays_shut_for_another_key()
    {
        using var other = Sm2PrivateKey.Generate();
        Assert.False(VaultEnvelope.TryOpen(other, "request"u8, Seal(), out _));
    }

    [Fact]
    public void Envelope_stays_shut_for_another_request() =>
        Assert.False(VaultEnvelope.TryOpen(_requester, "another"u8, Seal(), out _));

    [Fact]
    public void Changed_envelope_stays_shut_and_has_another_digest()
    {
        var reply = Seal();
        var digest = VaultEnvelope.Digest(reply);
        var changed = reply.Ciphertext.ToByteArray();
        changed[0] ^= 1;
        reply.Ciphertext = Google.Protobuf.ByteString.CopyFrom(changed);
        Assert.False(VaultEnvelope.TryOpen(_requester, "request"u8, reply, out _));
        Assert.NotEqual(digest, VaultEnvelope.Digest(reply));
    }

    [Fact]
    public void Envelope_changed_anywhere_stays_shut() => Seeded.Check(200, random =>
    {
        var reply = Seal();
        switch (random.Next(3))
        {
            case 0: reply.WrappedKey = Google.Protobuf.ByteString.CopyFrom(random.Mutate(reply.WrappedKey.Span)); break;
            case 1: reply.Nonce = Google.Protobuf.ByteString.CopyFrom(random.Mutate(reply.Nonce.Span)); break;
            default: reply.Ciphertext = Google.Protobuf.ByteString.CopyFrom(random.Mutate(reply.Ciphertext.Span)); break;
        }

        if (VaultEnvelope.TryOpen(_requester, "request"u8, reply, out var opened)) Assert.Equal(_attributes, opened); // changes may undo one another
    });

    [Fact]
    public void Refusal_without_an_envelope_opens_to_nothing() =>
        Assert.False(VaultEnvelope.TryOpen(_requester, "request"u8, new VaultReply { Code = "LC-VLT-001" }, out _));

    public void Dispose() => _requester.Dispose();

    private VaultReply Seal()
    {
        var reply = new VaultReply();
        VaultEnvelope.Seal(reply, _requester.PublicKey, "request"u8, _attributes, ContentKey, Nonce);
        return reply;
    }
}
