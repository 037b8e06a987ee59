using System.Collections.Frozen;

namespace LicenceChain.Contracts.Recognition;

/// <summary>The name of each recognition code, as scenarios, tables and metrics use it.</summary>
public static class RecognitionReasons
{
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [RecognitionCodes.Recognised] = "recognised",
        [RecognitionCodes.FactsUnavailable] = "facts-unavailable",
        [RecognitionCodes.FactsStale] = "facts-stale",
        [RecognitionCodes.BadRequest] = "bad-request",
        [RecognitionCodes.RequesterNotAMember] = "requester-not-a-member",
        [RecognitionCodes.RequesterNotActive] = "requester-not-active",
        [RecognitionCodes.RequesterNotAVerifier] = "requester-not-a-verifier",
        [RecognitionCodes.RequesterOfAnotherRegion] = "requester-of-another-region",
        [RecognitionCodes.UnknownLicence] = "unknown-licence",
        [RecognitionCodes.LicenceRevoked] = "licence-revoked",
        [RecognitionCodes.LicenceSuspended] = "licence-suspended",
        [RecognitionCodes.LicenceExpired] = "licence-expired",
        [RecognitionCodes.LicenceNotYetValid] = "not-yet-valid",
        [RecognitionCodes.NotTheHolder] = "not-the-holder",
        [RecognitionCodes.NoAgreement] = "no-agreement",
        [RecognitionCodes.TypeNotRecognised] = "type-not-recognised",
        [RecognitionCodes.UnknownMatter] = "unknown-matter",
        [RecognitionCodes.MatterOfAnotherRegion] = "matter-of-another-region",
        [RecognitionCodes.OverAsk] = "over-ask",
        [RecognitionCodes.NoGrant] = "no-grant",
        [RecognitionCodes.GrantNotForThisRequester] = "grant-not-for-this-requester",
        [RecognitionCodes.GrantRevoked] = "grant-revoked",
        [RecognitionCodes.GrantNotYet] = "grant-not-yet",
        [RecognitionCodes.GrantExpired] = "grant-expired",
        [RecognitionCodes.GrantUsedUp] = "grant-used-up",
        [RecognitionCodes.WrongMatter] = "wrong-matter",
        [RecognitionCodes.LicenceNotInGrant] = "licence-not-in-grant",
        [RecognitionCodes.AttributeNotGranted] = "attribute-not-granted",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The name of <paramref name="code"/>, for example <c>grant-used-up</c>; throws for a code that is no recognition decision's.</summary>
    public static string NameOf(string code) => Names.TryGetValue(code, out var name) ? name : throw new ArgumentException($"{code} is no code of a recognition decision.", nameof(code));
}
