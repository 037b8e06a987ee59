using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Licences;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Sdk.Verification;

/// <summary>What proven state says about a credential. Used wherever a licence is verified: offline, by a light client, by the Verifier.</summary>
public static class ChainEvidence
{
    /// <summary>The keys that a proof must speak about so that <see cref="Check"/> can judge the credential.</summary>
    public static IReadOnlyList<StateKey> KeysFor(Credential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return [StateKeys.Licence(credential.Statement.Licence), StateKeys.Key(credential.Statement.IssuerKey)];
    }

    /// <summary>
    /// Judges all but status and freshness: the issuer's key is on chain as an issuing key of the issuer, the licence is on chain, and it is this credential.
    /// Null when all of it is proven; then <paramref name="licence"/> is the record.
    /// </summary>
    public static VerificationReport? Check(Credential credential, ProvenFacts facts, out LicenceRecord? licence)
    {
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentNullException.ThrowIfNull(facts);
        licence = null;
        if (!facts.TryGet(StateKeys.Licence(credential.Statement.Licence), out var record))
            return Undetermined(VerificationCodes.LicenceNotProven, "The proof says nothing about the licence.");
        if (!TryRead(record, LicenceRecord.Parser, out licence))
            return NotValid(VerificationCodes.UnknownLicence, $"The chain holds no licence {credential.Statement.Licence}.");
        if (!facts.TryGet(StateKeys.Key(credential.Statement.IssuerKey), out var keyBytes))
            return Undetermined(VerificationCodes.IssuerKeyNotProven, "The proof says nothing about the issuer's key.");

        // A key that was suspended or has expired since did issue when it might: the record with this very credential's hash says so.
        if (!TryRead(keyBytes, KeyRecord.Parser, out var key) || key.Member != credential.Statement.Issuer.Value || !key.Roles.Contains(KeyRole.Issue))
            return NotValid(VerificationCodes.IssuerKeyRefused, $"The credential is signed with a key that is no issuing key of {credential.Statement.Issuer}.");
        return IsRecorded(credential, licence)
            ? null
            : NotValid(VerificationCodes.CredentialNotOnChain, "The chain records another credential for this licence: ask for the current one.");
    }

    /// <summary>Judges status and validity at <paramref name="at"/>; null when the licence is valid then.</summary>
    public static VerificationReport? CheckStatus(LicenceRecord licence, UnixTime at)
    {
        ArgumentNullException.ThrowIfNull(licence);
        return LicenceValidity.StatusAt(licence, at) switch
        {
            LicenceStanding.Valid => null,
            LicenceStanding.Revoked => NotValid(VerificationCodes.Revoked, $"Revoked, reason {licence.Reason}."),
            LicenceStanding.Suspended => NotValid(VerificationCodes.Suspended, $"Suspended, reason {licence.Reason}."),
            LicenceStanding.Expired => NotValid(VerificationCodes.Expired, $"Valid until {licence.ValidUntilMs}, now is {at}."),
            LicenceStanding.NotYetValid => NotValid(VerificationCodes.NotYetValid, $"Valid from {licence.ValidFromMs}, now is {at}."),
            _ => throw new ArgumentException("The licence has no standing.", nameof(licence)),
        };
    }

    private static bool IsRecorded(Credential credential, LicenceRecord licence) =>
        licence.Id == credential.Statement.Licence.Value
        && licence.Issuer == credential.Statement.Issuer.Value
        && licence.CredentialHash.Span.SequenceEqual(credential.Hash.Span)
        && licence.Commitment.Span.SequenceEqual(credential.Statement.Commitment.Span)
        && licence.HolderTag.Span.SequenceEqual(credential.Statement.HolderTag.Span);

    private static bool TryRead<T>(ReadOnlyMemory<byte>? bytes, MessageParser<T> parser, [NotNullWhen(true)] out T? message)
        where T : class, IMessage<T>
    {
        message = null;
        return bytes is { } present && CanonicalProto.TryParse(parser, present.Span, ProtocolLimits.MaxStateValueBytes, out message);
    }

    private static VerificationReport NotValid(string code, string detail) => new(VerificationVerdict.NotValid, code, detail);

    private static VerificationReport Undetermined(string code, string detail) => new(VerificationVerdict.Undetermined, code, detail);
}
