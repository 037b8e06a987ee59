using LicenceChain.Protocol.Licences;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Contracts.Recognition;

/// <summary>The licence exists, is valid at that instant, and is its presenter's.</summary>
internal static class LicenceRules
{
    private static readonly string[] Existence = ["licence#existence"];
    private static readonly string[] Status = ["licence#status"];
    private static readonly string[] Validity = ["licence#validity"];
    private static readonly string[] Holder = ["licence#holder"];

    public static Finding? Check(RecognitionFacts facts, RecognitionRequest request, UnixTime now)
    {
        if (facts.Licence is not { } licence)
            return new Finding(RecognitionCodes.UnknownLicence, Existence, "链上没有此证照标识,不予互认。", "The chain holds no licence of this identifier.");
        var standing = CheckStanding(licence, now);
        if (standing is not null) return standing;
        return facts.Presenter is not { } presenter || licence.HolderTag.Span.SequenceEqual(presenter.Span)
            ? null
            : new Finding(RecognitionCodes.NotTheHolder, Holder, "出示者不是该证照的持证主体,不予互认。", "Whoever presents the licence is not its holder.");
    }

    private static Finding? CheckStanding(LicenceRecord licence, UnixTime now) => LicenceValidity.StatusAt(licence, now) switch
    {
        LicenceStanding.Valid => null,
        LicenceStanding.Revoked => new Finding(
            RecognitionCodes.LicenceRevoked, Status, $"证照已被颁发机构吊销(原因代码 {licence.Reason}),不予互认。", $"The issuer revoked the licence (reason {licence.Reason})."),
        LicenceStanding.Suspended => new Finding(
            RecognitionCodes.LicenceSuspended, Status, $"证照已被颁发机构暂扣(原因代码 {licence.Reason}),暂不予互认。", $"The issuer suspended the licence (reason {licence.Reason})."),
        LicenceStanding.Expired => new Finding(RecognitionCodes.LicenceExpired, Validity, "证照有效期已届满,不予互认。", "The licence has expired."),
        LicenceStanding.NotYetValid => new Finding(RecognitionCodes.LicenceNotYetValid, Validity, "证照尚未生效,不予互认。", "The licence is not valid yet."),
        _ => throw new ArgumentException("The licence has no standing."),
    };
}
