using Google.Protobuf;
using LicenceChain.Consensus;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Signing;

/// <summary>The node's own key: votes, alarms and the identity on links, each in its own signing context.</summary>
internal sealed class NodeSigner(Sm2PrivateKey key) : IVoteSigner
{
    /// <inheritdoc/>
    public KeyId Key => key.PublicKey.Id;

    /// <summary>The public half.</summary>
    public Sm2PublicKey PublicKey => key.PublicKey;

    /// <inheritdoc/>
    public void Sign(ReadOnlySpan<byte> voteBytes, Span<byte> signature) => key.Sign(SigningContext.Vote, voteBytes, signature);

    /// <summary>Signs what proves this node's identity on a link.</summary>
    public void SignLink(ReadOnlySpan<byte> statement, Span<byte> signature) => key.Sign(SigningContext.Link, statement, signature);

    /// <summary>C-ALARM: a signed alarm. The signature covers the message's encoding without it.</summary>
    public AlarmMessage SignAlarm(ChainId chain, Height height, string reason, string detail)
    {
        var alarm = new AlarmMessage { ChainId = chain.Value, Height = height.Value, Reason = reason, Detail = detail, SignerKeyId = ByteString.CopyFrom(Key.Value.Span) };
        Span<byte> signature = stackalloc byte[Sm2Signature.Size];
        key.Sign(SigningContext.Alarm, alarm.ToByteArray(), signature);
        alarm.Signature = ByteString.CopyFrom(signature);
        return alarm;
    }
}
