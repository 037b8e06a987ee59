using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Protocol.Credentials;

/// <summary>A credential that its holder presents to one organisation for one matter, with the attributes shown. Well-formed; it counts once <see cref="Verify"/> said so.</summary>
public sealed class Presentation
{
    /// <summary>Largest presentation in bytes: 64 of the largest attributes with their paths, and the credential.</summary>
    public const int MaxBytes = 320 * 1024;

    private readonly PresentationMessage _message;

    private Presentation(PresentationMessage message, ReadOnlyMemory<byte> bytes, Credential credential, PresentationFields statement, Sm2PublicKey issuerKey)
    {
        _message = message;
        Bytes = bytes;
        Credential = credential;
        Statement = statement;
        IssuerKey = issuerKey;
    }

    /// <summary>The exact encoding of <see cref="PresentationMessage"/>.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The credential presented.</summary>
    public Credential Credential { get; }

    /// <summary>What the holder states.</summary>
    public PresentationFields Statement { get; }

    /// <summary>The issuer's key as the holder showed it. Whether it may issue is the chain's to say.</summary>
    public Sm2PublicKey IssuerKey { get; }

    /// <summary>The message, for a bundle that carries it. A copy.</summary>
    public PresentationMessage ToMessage() => _message.Clone();

    /// <summary>Parses a presentation that somebody sent; false (<see cref="PresentationCodes.Malformed"/>) unless it is canonical and every field is in bounds. The bytes are copied.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Presentation? presentation)
    {
        presentation = null;
        if (!CanonicalProto.TryParse(PresentationMessage.Parser, bytes, MaxBytes, out var message)) return false;
        if (message.Disclosures.Count > AttributeCommitment.MaxAttributes || message.HolderSignature.Length != Sm2Signature.Size) return false;
        if (!Credential.TryParse(message.Credential.Span, out var credential)) return false;
        if (!CanonicalProto.TryParse(PresentationStatement.Parser, message.Statement.Span, MaxBytes, out var statement) || !PresentationFields.TryFrom(statement, out var fields)) return false;
        if (!Sm2PublicKey.TryParse(message.IssuerPublicKey.Span, out var issuerKey)) return false;
        presentation = new Presentation(message, bytes.ToArray(), credential, fields, issuerKey);
        return true;
    }

    /// <summary>Checks everything that the presentation itself shows. The cheap checks come first; the first that fails names the refusal.</summary>
    public PresentationResult Verify(PresentationExpectation expected)
    {
        var refusal = CheckStatement(expected) ?? CheckSignatures();
        if (refusal is not null) return new PresentationResult(refusal, []);
        return TryReadAttributes(out var attributes)
            ? new PresentationResult(null, attributes)
            : Refused(PresentationCodes.DisclosureNotCommitted, "An attribute shown is not one of the credential's, or they do not ascend.");
    }

    /// <summary>SM3 over the SM3 of each disclosure's encoding, in order: what the holder's statement binds.</summary>
    public static Hash256 HashDisclosures(IEnumerable<DisclosedAttribute> disclosures)
    {
        var hasher = new Sm3Hasher();
        foreach (var disclosure in disclosures) hasher.Append(Sm3.Hash(disclosure.ToByteArray()).Span);
        return hasher.Finish();
    }

    private static PresentationResult Refused(string code, string detail) => new(new Refusal(code, detail), []);

    private Refusal? CheckStatement(PresentationExpectation expected)
    {
        if (Statement.Chain != expected.Chain || Credential.Statement.Chain != expected.Chain) return new Refusal(PresentationCodes.WrongChain, $"This is chain '{expected.Chain}'.");
        if (Statement.CredentialHash != Credential.Hash) return new Refusal(PresentationCodes.CredentialMismatch, "The holder's statement names another credential.");
        if (Statement.Audience != expected.Audience) return new Refusal(PresentationCodes.WrongAudience, $"Presented to '{Statement.Audience}', not to '{expected.Audience}'.");
        if (expected.Matter is { } matter && matter != Statement.Matter) return new Refusal(PresentationCodes.WrongMatter, $"Presented for '{Statement.Matter}', not for '{matter}'.");
        if (!expected.Nonce.IsEmpty && expected.Nonce != Statement.Nonce) return new Refusal(PresentationCodes.WrongNonce, "Another nonce than the one asked for.");
        var (made, now) = (Statement.Time.Milliseconds, expected.Now.Milliseconds);
        var fresh = made <= now ? now - made <= expected.MaxAgeMilliseconds : made - now <= expected.MaxAheadMilliseconds;
        return fresh ? null : new Refusal(PresentationCodes.Stale, $"Made at {made}, now is {now}.");
    }

    private Refusal? CheckSignatures()
    {
        if (IssuerKey.Id != Credential.Statement.IssuerKey) return new Refusal(PresentationCodes.IssuerKeyMismatch, "The issuer key shown is not the one the credential names.");
        if (Statement.DisclosuresHash != HashDisclosures(_message.Disclosures)) return new Refusal(PresentationCodes.DisclosuresMismatch, "The holder signed for other disclosures.");
        if (!Credential.Statement.Holder.Verify(SigningContext.Presentation, _message.Statement.Span, _message.HolderSignature.Span)) return new Refusal(PresentationCodes.HolderSignature, "The holder's signature is wrong.");
        return Credential.VerifyIssuer(IssuerKey) ? null : new Refusal(PresentationCodes.IssuerSignature, "The issuer's signature is wrong.");
    }

    // Ascending by place and by name, so that nothing is shown twice or under two names.
    private bool TryReadAttributes(out AttributeValue[] attributes)
    {
        attributes = new AttributeValue[_message.Disclosures.Count];
        for (var i = 0; i < attributes.Length; i++)
        {
            if (!AttributeCommitment.VerifyDisclosure(Credential.Statement.Commitment, Credential.Statement.AttributeCount, _message.Disclosures[i], out attributes[i])) return false;
            if (i == 0) continue;
            if (_message.Disclosures[i - 1].Index >= _message.Disclosures[i].Index || string.CompareOrdinal(attributes[i - 1].Name, attributes[i].Name) >= 0) return false;
        }
        return true;
    }
}
