using System.Diagnostics.CodeAnalysis;
using LicenceChain.Contracts.Recognition;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Vault;

/// <summary>A signed request for attributes: well formed, by a service key of the requester, and really signed. Whether it is granted is checked next.</summary>
internal sealed class ReleaseRequest
{
    private ReleaseRequest(ReadOnlyMemory<byte> statementBytes, VaultRequestStatement statement, RecognitionRequest recognition, Hash256 use, Sm2PublicKey signer)
    {
        StatementBytes = statementBytes;
        Statement = statement;
        Recognition = recognition;
        Use = use;
        Signer = signer;
        Digest = Sm3.Hash(statementBytes.Span);
    }

    /// <summary>The exact bytes that were signed.</summary>
    public ReadOnlyMemory<byte> StatementBytes { get; }

    /// <summary>SM3 of them.</summary>
    public Hash256 Digest { get; }

    /// <summary>What they say.</summary>
    public VaultRequestStatement Statement { get; }

    /// <summary>The same as the rules of recognition take it.</summary>
    public RecognitionRequest Recognition { get; }

    /// <summary>The use of the grant that the request draws on.</summary>
    public Hash256 Use { get; }

    /// <summary>To whom the attributes are enciphered.</summary>
    public Sm2PublicKey Signer { get; }

    /// <summary>When the requester made it, by its clock.</summary>
    public UnixTime Time => new(Statement.TimeMs);

    /// <summary>Parses and authenticates; nothing of a request that fails here can be laid at anybody's door, so none is logged.</summary>
    public static bool TryRead(VaultRequest message, ChainView chain, [NotNullWhen(true)] out ReleaseRequest? request, [NotNullWhen(false)] out Refusal? refusal)
    {
        request = null;
        refusal = ReadStatement(message, out var statement, out var keyId, out var use);
        if (refusal is not null) return false;
        if (statement!.ChainId != chain.Status.Chain.Value)
            refusal = new Refusal(VaultCodes.WrongChain, $"The request is for another chain; this is {chain.Status.Chain}.");
        else
            refusal = FindSigner(statement, keyId, chain, out var signer, out var region)
                ?? ReadRecognition(statement, region, out var recognition)
                ?? (signer!.Verify(SigningContext.VaultRequest, message.Statement.Span, message.Signature.Span)
                    ? Accept(message, statement, recognition!, use, signer, out request)
                    : new Refusal(VaultCodes.BadSignature, "The signature is not the named key's over this statement."));
        return refusal is null;
    }

    private static Refusal? ReadStatement(VaultRequest message, out VaultRequestStatement? statement, out KeyId keyId, out Hash256 use)
    {
        (keyId, use) = (default, default);
        if (!CanonicalProto.TryParse(VaultRequestStatement.Parser, message.Statement.Span, VaultLimits.MaxStatementBytes, out statement))
            return new Refusal(VaultCodes.Malformed, "statement is no canonical VaultRequestStatement.");
        if (!KeyId.TryFrom(message.SignerKeyId.Span, out keyId) || message.Signature.Length != Sm2Signature.Size)
            return new Refusal(VaultCodes.Malformed, $"signer_key_id has 32 bytes and signature {Sm2Signature.Size}.");
        if (!Hash256.TryFrom(statement.UseId.Span, out use) || use.IsZero || statement.GrantId.IsEmpty)
            return new Refusal(VaultCodes.Malformed, "grant_id and use_id have 32 bytes, not all zero.");
        if (statement.Nonce.Length != VaultLimits.NonceSize) return new Refusal(VaultCodes.Malformed, $"nonce has {VaultLimits.NonceSize} bytes.");
        return OfficerNumber.IsValid(statement.Officer)
            ? null
            : new Refusal(VaultCodes.Malformed, $"officer is {OfficerNumber.Rule}.");
    }

    private static Refusal? FindSigner(VaultRequestStatement statement, KeyId keyId, ChainView chain, out Sm2PublicKey? signer, out string region)
    {
        (signer, region) = (null, "");
        if (chain.Key(keyId) is not { Status: StandingStatus.Active } key || !key.Roles.Contains(KeyRole.Service) || chain.Status.HeadTime.Milliseconds >= key.ExpiresMs)
            return new Refusal(VaultCodes.BadSigner, $"Key {keyId} is no active service key on the chain.");
        if (key.Member != statement.Requester || !OrganisationCode.TryParse(key.Member, out var code) || chain.Member(code) is not { } member)
            return new Refusal(VaultCodes.BadSigner, $"Key {keyId} is not the requester's.");
        region = member.Region;
        return Sm2PublicKey.TryParse(key.PublicKey.Span, out signer) ? null : throw new InvalidOperationException($"Key {keyId} of the state is malformed.");
    }

    private static Refusal? ReadRecognition(VaultRequestStatement statement, string region, out RecognitionRequest? recognition)
    {
        var message = new RecognitionRequestMessage
        {
            Requester = statement.Requester,
            Region = region,
            Matter = statement.Matter,
            LicenceId = statement.LicenceId,
            GrantId = statement.GrantId,
        };
        message.Attributes.AddRange(statement.Attributes);
        return RecognitionRequest.TryFrom(message, out recognition, out var refusal) ? null : new Refusal(VaultCodes.Malformed, refusal.Detail);
    }

    private static Refusal? Accept(VaultRequest message, VaultRequestStatement statement, RecognitionRequest recognition, Hash256 use, Sm2PublicKey signer, out ReleaseRequest request)
    {
        request = new ReleaseRequest(message.Statement.Memory, statement, recognition, use, signer);
        return null;
    }
}
