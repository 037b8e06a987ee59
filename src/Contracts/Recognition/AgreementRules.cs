using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Contracts.Recognition;

/// <summary>An agreement in force covers both regions and names the licence's type. Within one region none is needed.</summary>
internal static class AgreementRules
{
    public static Finding? Check(RecognitionFacts facts, RecognitionRequest request, UnixTime now, List<string> clauses)
    {
        var licence = facts.Licence!;
        var region = request.Region.Value;
        if (licence.Region == region)
        {
            clauses.Add("region#same");
            return null;
        }

        var covering = Covering(facts.Agreements, licence.Region, region, now);
        if (covering.Count == 0)
        {
            return new Finding(
                RecognitionCodes.NoAgreement,
                ["agreements#regions"],
                $"{licence.Region} 与 {region} 之间没有生效的互认协议,不予互认。",
                $"No agreement in force covers regions {licence.Region} and {region}.");
        }

        if (covering.Find(a => a.LicenceTypes.Contains(licence.Type)) is not { } agreement) return NotRecognised(covering, licence.Type);
        clauses.Add(Clause(agreement, "regions"));
        clauses.Add(Clause(agreement, "types"));
        return null;
    }

    // By name: the order in which the facts came never shows in the decision.
    private static List<AgreementDocument> Covering(IReadOnlyList<AgreementRecord> agreements, string issuerRegion, string region, UnixTime now)
    {
        var covering = new List<AgreementDocument>();
        foreach (var agreement in agreements)
        {
            var document = agreement.Document;
            var inForce = agreement.InForceSinceMs != 0 && agreement.InForceSinceMs <= now.Milliseconds && document.SinceMs <= now.Milliseconds;
            if (inForce && document.Regions.Contains(issuerRegion) && document.Regions.Contains(region)) covering.Add(document);
        }

        covering.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        return covering;
    }

    private static Finding NotRecognised(List<AgreementDocument> covering, string type)
    {
        var titles = string.Join("、", covering.Select(a => $"《{a.Title}》"));
        var names = string.Join(", ", covering.Select(a => $"{a.Name} version {a.Version}"));
        return new Finding(
            RecognitionCodes.TypeNotRecognised,
            [.. covering.Select(a => Clause(a, "types"))],
            $"证照类型 {type} 不在{titles}的互认范围内,不予互认。",
            $"Licence type {type} is not among those that {names} recognises.");
    }

    private static string Clause(AgreementDocument agreement, string part) => $"{agreement.Name}/{agreement.Version}#{part}";
}
