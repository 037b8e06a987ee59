using LicenceChain.Contracts.Values;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Contracts.Recognition;

/// <summary>The holder granted this organisation these attributes of this licence, for this matter, at this time, and a use is left.</summary>
internal static class GrantRules
{
    public static Finding? Check(RecognitionFacts facts, RecognitionRequest request, UnixTime now, List<string> clauses)
    {
        if (facts.Grant is not { } grant)
            return Refused(RecognitionCodes.NoGrant, "existence", "没有持证主体的授权,不予提供。", "The holder granted nothing.");
        var finding = CheckStanding(facts, request, grant, now) ?? CheckScope(facts.Licence!, request, grant);
        if (finding is null) clauses.Add("grant#scope");
        return finding;
    }

    private static Finding? CheckStanding(RecognitionFacts facts, RecognitionRequest request, GrantRecord grant, UnixTime now)
    {
        if (grant.Grantee != request.Requester.Value)
        {
            return Refused(
                RecognitionCodes.GrantNotForThisRequester, "grantee", $"授权对象不是请求方 {request.Requester},不予提供。", $"The grant is not for the requester {request.Requester}.");
        }

        if (grant.Status != GrantStatus.Active) return Refused(RecognitionCodes.GrantRevoked, "status", "授权已被持证主体撤销,不予提供。", "The holder revoked the grant.");
        if (now.Milliseconds < grant.FromMs) return Refused(RecognitionCodes.GrantNotYet, "period", "授权尚未生效,不予提供。", "The grant does not hold yet.");
        if (now.Milliseconds >= grant.UntilMs) return Refused(RecognitionCodes.GrantExpired, "period", "授权已过期,不予提供。", "The grant has ended.");
        return grant.Used < grant.Uses || IsConsumedForThis(facts.Use, request)
            ? null
            : Refused(RecognitionCodes.GrantUsedUp, "uses", $"授权的 {grant.Uses} 次使用次数已用尽,不予提供。", $"All {grant.Uses} uses of the grant were consumed.");
    }

    private static Finding? CheckScope(LicenceRecord licence, RecognitionRequest request, GrantRecord grant)
    {
        if (grant.Matter != request.Matter)
        {
            return Refused(
                RecognitionCodes.WrongMatter,
                "matter",
                $"授权用于事项 {grant.Matter},不得用于 {request.Matter},不予提供。",
                $"The grant is for matter {grant.Matter}, not for {request.Matter}.");
        }

        var item = grant.Items.FirstOrDefault(i => i.LicenceId == request.Licence.Value);
        if (item is null || !grant.HolderTag.Equals(licence.HolderTag))
            return Refused(RecognitionCodes.LicenceNotInGrant, "items", "授权未包含此证照,不予提供。", "The grant does not name this licence.");
        return SortedStrings.FirstMissing(item.Attributes, request.Attributes) is { } attribute
            ? Refused(RecognitionCodes.AttributeNotGranted, "attributes", $"授权未包含 {attribute},不予提供。", $"The grant does not name {attribute}.")
            : null;
    }

    private static bool IsConsumedForThis(GrantUseRecord? use, RecognitionRequest request) =>
        use is not null && use.Member == request.Requester.Value && use.LicenceId == request.Licence.Value && use.Matter == request.Matter;

    private static Finding Refused(string code, string clause, string chinese, string english) => new(code, [$"grant#{clause}"], chinese, english);
}
