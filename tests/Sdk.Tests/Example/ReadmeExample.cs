using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Sdk.Client;
using LicenceChain.Sdk.Verification;
using LicenceChain.Sdk.Wallets;

namespace LicenceChain.Sdk.Tests.Example;

public static class ReadmeExample
{
    public static async Task<VerificationReport> PresentAndVerifyAsync(
        LicenceChainClient node, TrustAnchor anchor, WalletBook book, LicenceId licence, OrganisationCode office, UnixTime now, CancellationToken cancellation)
    {
        // The holder shows two attributes of one licence to one office, for one matter.
        book.TryGet("mine", out var wallet);
        var presentation = wallet!.Present(new PresentationTerms(licence, office, "school-enrolment", ["name", "address"], now));

        // The office asks any node for the proof, and trusts only the anchor: a light client follows the validators from there.
        using var light = new LightClient(node, anchor);
        await light.SyncAsync(cancellation);
        var proof = await node.ProveAsync(ChainEvidence.KeysFor(presentation.Credential), cancellation);
        var expected = new Protocol.Credentials.PresentationExpectation(anchor.Chain, office, now) { Matter = "school-enrolment" };

        // Valid, not valid (and why), or undetermined (and as of when). The proof can be kept: the same call verifies it offline.
        return OfflineVerifier.Verify(presentation, proof, light.Anchor, now, new OfflineVerificationOptions { Expectation = expected });
    }
}
