using Google.Protobuf;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Transactions;

/// <summary>Builds and signs transactions.</summary>
public static class TransactionBuilder
{
    /// <summary>Signs a call of <c>contract.method</c>. <paramref name="uniqueId"/> is 16 random bytes of the caller's.</summary>
    public static SignedTransaction Sign(
        ChainId chain, string contract, string method, IMessage arguments, Sm2PrivateKey key, Height validUntil, ReadOnlySpan<byte> uniqueId)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(key);
        var payload = new TransactionPayload
        {
            ChainId = chain.Value,
            Contract = contract,
            Method = method,
            Arguments = arguments.ToByteString(),
            SignerKeyId = ByteString.CopyFrom(key.PublicKey.Id.Value.Span),
            ValidUntilHeight = validUntil.Value,
            UniqueId = ByteString.CopyFrom(uniqueId),
        }.ToByteString();
        Span<byte> signature = stackalloc byte[Sm2Signature.Size];
        key.Sign(SigningContext.Transaction, payload.Span, signature);
        var bytes = new TransactionMessage { Payload = payload, Signature = ByteString.CopyFrom(signature) }.ToByteArray();
        return SignedTransaction.TryParse(bytes, out var transaction, out var refusal)
            ? transaction
            : throw new ArgumentException($"These arguments make no transaction. {refusal}");
    }
}
