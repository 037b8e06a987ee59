using System.Text.Json;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Cli.Samples;

/// <summary>matters.json.</summary>
internal static class MattersFile
{
    public const string Name = "matters.json";

    public static IReadOnlyDictionary<string, SampleMatter> Read(
        SampleFolder folder, IReadOnlyDictionary<RegionCode, SampleRegion> regions, IReadOnlyDictionary<string, SampleType> types)
    {
        var matters = new Dictionary<string, SampleMatter>(StringComparer.Ordinal);
        if (!JsonFile.TryOpen(folder, Name, JsonValueKind.Array, out var root)) return matters;
        foreach (var item in root.Items())
        {
            var code = item.Member("code");
            var region = item.Member("region");
            var matter = new SampleMatter(code.Code(), item.Member("name").Text(), region.Region(), ReadNeeds(item.Member("needs"), types));
            region.Require(regions.ContainsKey(matter.Region), $"does not stand in {RegionsFile.Name}.");
            code.Require(matters.TryAdd(matter.Code, matter), "stands in the file twice.");
        }

        root.Require(matters.Count > 1, "must hold two matters or more: a grant for another matter is one of the scenarios.");
        return matters;
    }

    private static Dictionary<string, IReadOnlyList<string>> ReadNeeds(JsonPlace needs, IReadOnlyDictionary<string, SampleType> types)
    {
        var read = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (typeCode, attributes) in needs.Members())
        {
            var names = attributes.Texts();
            if (!types.TryGetValue(typeCode, out var type))
                attributes.Refuse($"is for a type that does not stand in {TypesFile.Name}.");
            else if (names.FirstOrDefault(name => !type.Attributes.Contains(name)) is { } unknown)
                attributes.Refuse($"names '{unknown}', which is no attribute of that type.");
            read[typeCode] = names;
        }

        needs.Require(read.Count > 0, "must be an object with at least one licence type.");
        return read;
    }
}
