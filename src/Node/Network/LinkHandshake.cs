using System.Security.Cryptography;
using Google.Protobuf;
using LicenceChain.Hosting.Grpc;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Signing;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Network;

/// <summary>The first two frames of a link, both ways: a challenge, then the identity proven over both nonces and both certificates.</summary>
internal sealed class LinkHandshake(NodeSigner signer, ChainId chain, Hash256 genesisHash)
{
    /// <summary>Runs it; throws <see cref="LinkRefusedException"/> unless the other side is <paramref name="expected"/> on this very chain and connection.</summary>
    /// <param name="reader">What comes.</param>
    /// <param name="writer">What goes.</param>
    /// <param name="own">The certificate that this side shows on this connection.</param>
    /// <param name="expected">Who the other side has to be.</param>
    /// <param name="isDialer">True on the side that dialled.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(IGrpcReader<LinkFrame> reader, IGrpcWriter<LinkFrame> writer, CertificateFingerprint own, PeerConfiguration expected, bool isDialer, CancellationToken cancellationToken)
    {
        // 1. Both say which chain they are on and what they want signed.
        var nonce = Hash256.From(RandomNumberGenerator.GetBytes(Hash256.Size));
        await writer.WriteAsync(Frame(new LinkMessage
        {
            Challenge = new LinkChallenge { Nonce = ByteString.CopyFrom(nonce.Span), ChainId = chain.Value, GenesisHash = ByteString.CopyFrom(genesisHash.Span) },
        }), cancellationToken);
        var challenge = (await ReadAsync(reader, cancellationToken)).Challenge ?? throw new LinkRefusedException("no-challenge");
        if (challenge.ChainId != chain.Value) throw new LinkRefusedException("wrong-chain");
        if (!Hash256.TryFrom(challenge.GenesisHash.Span, out var genesis) || genesis != genesisHash) throw new LinkRefusedException("wrong-genesis");
        if (!Hash256.TryFrom(challenge.Nonce.Span, out var theirs) || theirs.IsZero || theirs == nonce) throw new LinkRefusedException("bad-nonce");

        // 2. Both prove the key that the configuration names for the certificate that TLS has checked.
        var statement = isDialer
            ? new LinkStatement(chain, genesisHash, nonce, theirs, own, expected.CertificateFingerprint)
            : new LinkStatement(chain, genesisHash, theirs, nonce, expected.CertificateFingerprint, own);
        await writer.WriteAsync(Frame(new LinkMessage { Identity = Identity(statement.Bytes(isDialer)) }), cancellationToken);
        var identity = (await ReadAsync(reader, cancellationToken)).Identity ?? throw new LinkRefusedException("no-identity");
        Check(identity, expected.Key, statement.Bytes(!isDialer));
    }

    // While its key is being replaced a node proves the old and the new one: it may not yet have followed to where this node knows it by the new one, or the other way round.
    private static void Check(LinkIdentity identity, KeyId expected, byte[] statement)
    {
        if (identity.Others.Count >= NodeSigner.MaxKeys) throw new LinkRefusedException("too-many-keys");
        foreach (var one in identity.Others.Prepend(identity))
        {
            if (!Sm2PublicKey.TryParse(one.PublicKey.Span, out var key)) throw new LinkRefusedException("bad-key");
            if (key.Id != expected) continue;
            if (one.Signature.Length == Sm2Signature.Size && key.Verify(SigningContext.Link, statement, one.Signature.Span)) return;
            throw new LinkRefusedException("bad-signature");
        }

        throw new LinkRefusedException("unknown-key");
    }

    private LinkIdentity Identity(byte[] statement)
    {
        var proofs = signer.SignLink(statement).Select(p => new LinkIdentity { PublicKey = ByteString.CopyFrom(p.Key.Encoded), Signature = ByteString.CopyFrom(p.Signature) }).ToList();
        var identity = proofs[0];
        identity.Others.AddRange(proofs.Skip(1));
        return identity;
    }

    private static LinkFrame Frame(LinkMessage message) => new() { Messages = { message } };

    private static async Task<LinkMessage> ReadAsync(IGrpcReader<LinkFrame> reader, CancellationToken cancellationToken)
    {
        var frame = await reader.ReadAsync(cancellationToken) ?? throw new LinkRefusedException("closed");
        return frame.Messages.Count == 1 ? frame.Messages[0] : throw new LinkRefusedException("bad-handshake");
    }
}
