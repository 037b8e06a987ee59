using LicenceChain.Contracts.Values;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Contracts.Recognition;

/// <summary>The matter is one of the requester's region, and asks for no more than it may.</summary>
internal static class MatterRules
{
    private static readonly string[] Existence = ["matters#existence"];

    public static Finding? Check(RecognitionFacts facts, RecognitionRequest request, List<string> clauses)
    {
        if (facts.Matter is not { } matter)
            return new Finding(RecognitionCodes.UnknownMatter, Existence, $"事项 {request.Matter} 未登记,不予互认。", $"Matter {request.Matter} is not registered.");
        if (matter.Region != request.Region.Value)
        {
            return new Finding(
                RecognitionCodes.MatterOfAnotherRegion,
                [Clause(matter, "region")],
                $"事项“{matter.Name}”由 {matter.Region} 登记,{request.Region} 不得据此请求,不予互认。",
                $"Matter {matter.Code} is region {matter.Region}'s; region {request.Region} may not ask by it.");
        }

        if (FirstOverAsked(matter, facts.Licence!.Type, request.Attributes) is { } attribute)
        {
            return new Finding(
                RecognitionCodes.OverAsk,
                [Clause(matter, "needs")],
                $"事项“{matter.Name}”无权查询 {facts.Licence.Type} 的 {attribute},属超范围请求,不予互认。",
                $"Matter {matter.Code} may not ask for {attribute} of a {facts.Licence.Type}, whatever the holder granted.");
        }

        clauses.Add(Clause(matter, "needs"));
        return null;
    }

    private static string? FirstOverAsked(MatterRecord matter, string type, IReadOnlyList<string> attributes)
    {
        foreach (var need in matter.Needs)
        {
            if (need.LicenceType == type) return SortedStrings.FirstMissing(need.Attributes, attributes);
        }

        return attributes[0];
    }

    private static string Clause(MatterRecord matter, string part) => $"{matter.Code}/{matter.Version}#{part}";
}
