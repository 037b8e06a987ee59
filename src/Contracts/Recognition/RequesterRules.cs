using LicenceChain.Protocol.Proto;

namespace LicenceChain.Contracts.Recognition;

/// <summary>Who may ask: an active member with role verifier, of the region it says.</summary>
internal static class RequesterRules
{
    private static readonly string[] Clauses = ["membership#requester"];

    public static Finding? Check(RecognitionFacts facts, RecognitionRequest request)
    {
        var code = request.Requester;
        if (facts.Requester is not { } member)
            return new Finding(RecognitionCodes.RequesterNotAMember, Clauses, $"请求方 {code} 不是本链成员,不予互认。", $"The requester {code} is no member of this chain.");
        if (member.Status != StandingStatus.Active)
            return new Finding(RecognitionCodes.RequesterNotActive, Clauses, $"请求方 {code} 的成员资格已暂停或终止,不予互认。", $"The membership of the requester {code} is suspended or has ended.");
        if (!member.Roles.Contains(MemberRole.Verifier))
            return new Finding(RecognitionCodes.RequesterNotAVerifier, Clauses, $"请求方 {code} 没有核验权限,不予互认。", $"The requester {code} has no role verifier.");
        return member.Region == request.Region.Value
            ? null
            : new Finding(
                RecognitionCodes.RequesterOfAnotherRegion,
                Clauses,
                $"请求方 {code} 属于 {member.Region},与其所称的 {request.Region} 不符,不予互认。",
                $"The requester {code} belongs to region {member.Region}, not to {request.Region} as it says.");
    }
}
