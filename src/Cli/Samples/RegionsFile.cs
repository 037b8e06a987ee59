using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Cli.Samples;

/// <summary>regions.csv.</summary>
internal static class RegionsFile
{
    public const string Name = "regions.csv";

    private static readonly string[] Header = ["code", "name"];

    public static IReadOnlyDictionary<RegionCode, SampleRegion> Read(SampleFolder folder)
    {
        var regions = new Dictionary<RegionCode, SampleRegion>();
        CsvFile.Read(folder, Name, Header, row =>
        {
            var region = new SampleRegion(row.Region("code"), row.Text("name"));
            if (row.Sound) row.Require(regions.TryAdd(region.Code, region), "code", "stands in the file twice.");
        });
        return regions;
    }
}
