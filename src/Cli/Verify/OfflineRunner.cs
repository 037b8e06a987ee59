using LicenceChain.Protocol.Primitives;
using LicenceChain.Sdk.Verification;

namespace LicenceChain.Cli.Verify;

/// <summary>Verifies without any server: a presentation with a proof, or an exported bundle, under an anchor of one's own.</summary>
internal static class OfflineRunner
{
    /// <summary>Judges <paramref name="subject"/>; a bundle needs no <paramref name="proofPath"/>.</summary>
    public static VerificationReport Run(string subject, string? proofPath, string anchorPath, TimeSpan maxAge)
    {
        var anchor = VerifyFiles.ReadAnchor(anchorPath);
        var now = new UnixTime((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        var options = new OfflineVerificationOptions { MaxProofAgeMilliseconds = (ulong)maxAge.TotalMilliseconds };
        if (proofPath is not null) return OfflineVerifier.Verify(VerifyFiles.ReadPresentation(subject), VerifyFiles.ReadProof(proofPath), anchor, now, options);
        return VerifyFiles.TryReadBundle(subject) is { } bundle
            ? OfflineVerifier.Verify(bundle, anchor, now, options)
            : throw CommandFailure.BadInput($"'{subject}' is no bundle of 'verify --export'. With a presentation name the proof with --proof.");
    }
}
