using System.Text.Json;

namespace LicenceChain.Cli.Samples;

/// <summary>licence-types.json.</summary>
internal static class TypesFile
{
    public const string Name = "licence-types.json";

    private const int MaxValidYears = 100;

    public static IReadOnlyDictionary<string, SampleType> Read(SampleFolder folder)
    {
        var types = new Dictionary<string, SampleType>(StringComparer.Ordinal);
        if (!JsonFile.TryOpen(folder, Name, JsonValueKind.Array, out var root)) return types;
        foreach (var item in root.Items())
        {
            var code = item.Member("code");
            var holder = item.Member("holder");
            var holderKind = holder.Text();
            holder.Require(holderKind is "person" or "organisation", "must be person or organisation.");
            var type = new SampleType(
                code.Code(), item.Member("name").Text(), item.Member("englishName").Text(), holderKind == "person", item.Member("department").Text(),
                item.Member("validYears").Number(0, MaxValidYears), item.Member("sensitivity").Number(1, 4), ReadAttributes(item.Member("attributes")));
            code.Require(types.TryAdd(type.Code, type), "stands in the file twice.");
        }

        root.Require(types.Count > 0, "holds no type.");
        return types;
    }

    private static IReadOnlyList<string> ReadAttributes(JsonPlace attributes)
    {
        var names = attributes.Texts();
        var odd = names.FirstOrDefault(name => !IsAttributeName(name));
        attributes.Require(odd is null, $"names '{odd}': a name is a letter and at most 63 letters or digits.");
        return names;
    }

    private static bool IsAttributeName(string name) =>
        name.Length is > 0 and <= SampleLimits.MaxCodeLength && char.IsAsciiLetter(name[0]) && name.All(char.IsAsciiLetterOrDigit);
}
