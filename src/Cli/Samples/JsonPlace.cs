using System.Globalization;
using System.Text.Json;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Cli.Samples;

/// <summary>A value within a JSON file, with its path (<c>$[3].needs.resident-id</c>). What is wrong is noted with the path.</summary>
internal sealed class JsonPlace(string file, string path, JsonElement element, SampleProblems problems)
{
    /// <summary>Notes what is wrong here.</summary>
    public void Refuse(string why) => problems.AddFile(file, why, path);

    /// <summary>Notes <paramref name="why"/> unless <paramref name="holds"/>.</summary>
    public void Require(bool holds, string why)
    {
        if (!holds) Refuse(why);
    }

    /// <summary>True when the value is of this kind; a problem otherwise.</summary>
    public bool Is(JsonValueKind kind)
    {
        Require(element.ValueKind == kind, $"must be a JSON {Name(kind)}.");
        return element.ValueKind == kind;
    }

    /// <summary>A member; an undefined value, with a problem noted, when there is none.</summary>
    public JsonPlace Member(string name)
    {
        var found = element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;
        var member = new JsonPlace(file, $"{path}.{name}", found, problems);
        member.Require(found.ValueKind != JsonValueKind.Undefined, "is missing.");
        return member;
    }

    /// <summary>The members of an object, in the order of the file.</summary>
    public IEnumerable<(string Name, JsonPlace Value)> Members() => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().Select(member => (member.Name, new JsonPlace(file, $"{path}.{member.Name}", member.Value, problems)))
        : [];

    /// <summary>The items of an array.</summary>
    public IEnumerable<JsonPlace> Items() => element.ValueKind == JsonValueKind.Array
        ? element.EnumerateArray().Select((item, i) => new JsonPlace(file, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), item, problems))
        : [];

    public string Text()
    {
        var text = element.ValueKind == JsonValueKind.String ? element.GetString()! : "";
        Require(text.Length is > 0 and <= SampleLimits.MaxTextLength, $"must be a text of 1 to {SampleLimits.MaxTextLength} characters.");
        return text;
    }

    /// <summary>A text without its quotes; anything else as it stands in the file.</summary>
    public string Raw() => element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();

    /// <summary>A code of one of the chain's registries.</summary>
    public string Code()
    {
        var code = Text();
        Require(code.Length <= SampleLimits.MaxCodeLength && code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'), $"must be 1 to {SampleLimits.MaxCodeLength} of a-z, 0-9 and '-'.");
        return code;
    }

    public int Number(int least, int most)
    {
        var number = element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var value) ? value : least - 1;
        Require(number >= least && number <= most, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {least} to {most}."));
        return number;
    }

    public RegionCode Region()
    {
        Require(RegionCode.TryParse(Text(), out var region), "is no province-level division code of GB/T 2260.");
        return region;
    }

    /// <summary>An array of distinct, non-empty texts.</summary>
    public IReadOnlyList<string> Texts()
    {
        if (!Is(JsonValueKind.Array)) return [];
        var texts = Items().Take(SampleLimits.MaxAttributes + 1).Select(item => item.Text()).ToList();
        Require(texts.Count is > 0 and <= SampleLimits.MaxAttributes, $"must have 1 to {SampleLimits.MaxAttributes} entries.");
        Require(texts.Distinct(StringComparer.Ordinal).Count() == texts.Count, "names an entry twice.");
        return texts;
    }

    private static string Name(JsonValueKind kind) => kind == JsonValueKind.Object ? "object" : kind == JsonValueKind.Array ? "array" : "text";
}
