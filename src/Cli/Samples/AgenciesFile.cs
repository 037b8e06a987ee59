using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Cli.Samples;

/// <summary>agencies.csv.</summary>
internal static class AgenciesFile
{
    public const string Name = "agencies.csv";

    private static readonly string[] Header = ["uscc", "name", "region", "department"];

    public static IReadOnlyList<SampleAgency> Read(SampleFolder folder, IReadOnlyDictionary<RegionCode, SampleRegion> regions)
    {
        var agencies = new List<SampleAgency>();
        var seen = new HashSet<OrganisationCode>();
        CsvFile.Read(folder, Name, Header, row =>
        {
            var agency = new SampleAgency(row.Organisation("uscc"), row.Text("name"), row.Region("region"), row.Text("department"));
            if (!row.Sound) return;
            row.Require(regions.ContainsKey(agency.Region), "region", $"does not stand in {RegionsFile.Name}.");
            row.Require(seen.Add(agency.Code), "uscc", "stands in the file twice.");
            if (row.Sound) agencies.Add(agency);
        });
        return agencies;
    }
}
