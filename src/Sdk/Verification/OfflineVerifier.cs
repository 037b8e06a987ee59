using Google.Protobuf;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Sdk.Verification;

/// <summary>Verifies a presentation with nothing but a chain proof and a trust anchor: no server, no network. Pure.</summary>
public static class OfflineVerifier
{
    /// <summary>Verifies an exported bundle. The anchor is the verifier's own: the one in the bundle is never trusted.</summary>
    public static VerificationReport Verify(VerificationBundle bundle, TrustAnchor anchor, UnixTime now, OfflineVerificationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        if (bundle.Presentation is null || bundle.Proof is null) return new VerificationReport(VerificationVerdict.Undetermined, VerificationCodes.MalformedBundle, "The bundle lacks a presentation or a proof.");
        if (!Presentation.TryParse(bundle.Presentation.ToByteArray(), out var presentation)) return new VerificationReport(VerificationVerdict.NotValid, PresentationCodes.Malformed, "The presentation is malformed.");
        return LicenceProof.TryFrom(bundle.Proof, out var proof)
            ? Verify(presentation, proof, anchor, now, options)
            : new VerificationReport(VerificationVerdict.NotValid, VerificationCodes.FalseProof, "The proof is malformed.");
    }

    /// <summary>Verifies a presentation under a proof.</summary>
    public static VerificationReport Verify(Presentation presentation, LicenceProof proof, TrustAnchor anchor, UnixTime now, OfflineVerificationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(presentation);
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(anchor);
        options ??= new OfflineVerificationOptions();

        var shown = presentation.Verify(options.Expectation ?? AsItSays(presentation, anchor));
        if (shown.Refusal is { } refusal) return new VerificationReport(VerificationVerdict.NotValid, refusal.Code, refusal.Detail);
        if (proof.Header.Fields.ValidatorsHash != anchor.Validators.Hash || proof.Header.Height <= anchor.Height || proof.Header.Fields.Chain != anchor.Chain)
            return new VerificationReport(VerificationVerdict.Undetermined, VerificationCodes.UnknownValidators, "The anchor does not know the validators of this header: take a newer anchor, or follow the headers with a light client.");
        if (proof.Verify(anchor) is not { } facts)
            return new VerificationReport(VerificationVerdict.NotValid, VerificationCodes.FalseProof, "The proof does not hold under the anchor.");
        var found = Judge(presentation.Credential, facts, now, options);
        return found with { AsOf = facts.Header.Time, Height = facts.Header.Height, Attributes = found.IsValid ? shown.Attributes : [] };
    }

    private static VerificationReport Judge(Credential credential, ProvenFacts facts, UnixTime now, OfflineVerificationOptions options)
    {
        if (ChainEvidence.Check(credential, facts, out var licence) is { } wrong) return wrong with { Licence = licence };
        var status = ChainEvidence.CheckStatus(licence!, facts.Header.Time);
        var age = CheckAge(facts.Header.Time, now, options);

        // What cannot be undone is known however old the header is; anything else may have changed since.
        if (status is { Code: VerificationCodes.Revoked or VerificationCodes.Expired } || (status is not null && age is null)) return status with { Licence = licence };
        return (age ?? new VerificationReport(VerificationVerdict.Valid, VerificationCodes.Valid, "Everything was proven.")) with { Licence = licence };
    }

    private static VerificationReport? CheckAge(UnixTime header, UnixTime now, OfflineVerificationOptions options)
    {
        if (header > now.Plus(options.MaxAheadMilliseconds))
            return new VerificationReport(VerificationVerdict.Undetermined, VerificationCodes.FutureProof, $"The header is of {header}, the clock says {now}: set the clock.");
        return now > header && now.Milliseconds - header.Milliseconds > options.MaxProofAgeMilliseconds
            ? new VerificationReport(VerificationVerdict.Undetermined, VerificationCodes.StaleProof, $"Known as of {header} only: get a newer proof.")
            : null;
    }

    private static PresentationExpectation AsItSays(Presentation presentation, TrustAnchor anchor) =>
        new(anchor.Chain, presentation.Statement.Audience, presentation.Statement.Time);
}
