using System.Text.Json;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Cli.Samples;

/// <summary>agreement.json.</summary>
internal static class AgreementFile
{
    public const string Name = "agreement.json";

    // Consensus needs four validators (C-QUORUM), and each region of the agreement runs one.
    private const int MinRegions = 4;

    public static SampleAgreement Read(
        SampleFolder folder, IReadOnlyDictionary<RegionCode, SampleRegion> regions, IReadOnlyDictionary<string, SampleType> types)
    {
        var none = new SampleAgreement("", "", [], [], default);
        if (!JsonFile.TryOpen(folder, Name, JsonValueKind.Object, out var root)) return none;
        var codes = new List<RegionCode>();
        foreach (var item in root.Member("regions").Items())
        {
            var region = item.Region();
            item.Require(regions.ContainsKey(region), $"does not stand in {RegionsFile.Name}.");
            item.Require(!codes.Contains(region), "is named twice.");
            codes.Add(region);
        }

        root.Member("regions").Require(codes.Count is >= MinRegions and <= SampleLimits.MaxRegions, $"must name {MinRegions} to {SampleLimits.MaxRegions} regions: each runs one validator.");
        var recognised = root.Member("types");
        var names = recognised.Texts();
        foreach (var name in names.Where(name => !types.ContainsKey(name))) recognised.Refuse($"names '{name}', which does not stand in {TypesFile.Name}.");
        var since = root.Member("since");
        since.Require(SampleDate.TryParse(since.Text(), out var time), "is no date: yyyy-MM-dd.");
        return new SampleAgreement(root.Member("name").Code(), root.Member("title").Text(), codes, names, time);
    }
}
