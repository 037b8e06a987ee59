using System.Diagnostics.CodeAnalysis;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Protocol.Transactions;

/// <summary>A well-formed transaction with the exact bytes it arrived in. Its signature is well formed but not yet verified.</summary>
public sealed class SignedTransaction
{
    /// <summary>Length of the signer's random id in bytes.</summary>
    public const int UniqueIdSize = 16;

    private const int MaxNameLength = 32;

    private readonly TransactionMessage _message;

    private SignedTransaction(ReadOnlyMemory<byte> bytes, TransactionMessage message, TransactionPayload payload, ChainId chain, KeyId signer)
    {
        Bytes = bytes;
        _message = message;
        Chain = chain;
        Contract = payload.Contract;
        Method = payload.Method;
        Arguments = payload.Arguments.Memory;
        Signer = signer;
        ValidUntil = new Height(payload.ValidUntilHeight);
        Id = new TransactionId(Sm3.Hash(message.Payload.Span));
    }

    /// <summary>SM3 of the payload.</summary>
    public TransactionId Id { get; }

    /// <summary>The chain it was signed for.</summary>
    public ChainId Chain { get; }

    /// <summary>For example <c>licences</c>.</summary>
    public string Contract { get; }

    /// <summary>For example <c>issue</c>.</summary>
    public string Method { get; }

    /// <summary>The method's argument message, not yet parsed.</summary>
    public ReadOnlyMemory<byte> Arguments { get; }

    /// <summary>The key that it claims to be signed with.</summary>
    public KeyId Signer { get; }

    /// <summary>The last height whose block may hold it.</summary>
    public Height ValidUntil { get; }

    /// <summary>The exact encoding of the whole transaction.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The bytes that were signed.</summary>
    public ReadOnlyMemory<byte> Payload => _message.Payload.Memory;

    /// <summary>Parses what somebody sent. The bytes are kept, not copied: the caller no longer writes to them.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out SignedTransaction? transaction, [NotNullWhen(false)] out Refusal? refusal)
    {
        transaction = null;
        refusal = null;
        if (bytes.Length > ProtocolLimits.MaxTransactionBytes)
            refusal = new Refusal(TransactionCodes.Oversize, $"{bytes.Length} bytes; a transaction has at most {ProtocolLimits.MaxTransactionBytes}.");
        else if (!CanonicalProto.TryParse(TransactionMessage.Parser, bytes.Span, ProtocolLimits.MaxTransactionBytes, out var message)
            || !CanonicalProto.TryParse(TransactionPayload.Parser, message.Payload.Span, ProtocolLimits.MaxTransactionBytes, out var payload))
            refusal = new Refusal(TransactionCodes.Malformed, "The bytes are no canonical transaction.");
        else if (!ChainId.TryParse(payload.ChainId, out var chain))
            refusal = new Refusal(TransactionCodes.Malformed, "chain_id is malformed.");
        else if (!IsName(payload.Contract) || !IsName(payload.Method))
            refusal = new Refusal(TransactionCodes.Malformed, $"contract and method are 1 to {MaxNameLength} ASCII letters.");
        else if (!KeyId.TryFrom(payload.SignerKeyId.Span, out var signer))
            refusal = new Refusal(TransactionCodes.Malformed, "signer_key_id has 32 bytes.");
        else if (payload.UniqueId.Length != UniqueIdSize || payload.ValidUntilHeight == 0)
            refusal = new Refusal(TransactionCodes.Malformed, $"unique_id has {UniqueIdSize} bytes and valid_until_height is at least 1.");
        else if (message.Signature.Length != Sm2Signature.Size)
            refusal = new Refusal(TransactionCodes.Malformed, $"The signature has {Sm2Signature.Size} bytes.");
        else
            transaction = new SignedTransaction(bytes, message, payload, chain, signer);
        return transaction is not null;
    }

    /// <summary>True when <paramref name="key"/> is the named signer's and made the signature.</summary>
    public bool VerifySignature(Sm2PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Id == Signer && key.Verify(SigningContext.Transaction, _message.Payload.Span, _message.Signature.Span);
    }

    private static bool IsName(string text) => text is { Length: > 0 and <= MaxNameLength } && text.All(char.IsAsciiLetter);
}
