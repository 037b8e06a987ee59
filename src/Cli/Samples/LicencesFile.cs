using System.Text.Json;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Cli.Samples;

/// <summary>licences.csv.</summary>
internal static class LicencesFile
{
    public const string Name = "licences.csv";

    // Every year counted as a leap year: the last days then always suffice.
    private const ulong DaysOfLongestYear = 366;

    public static IReadOnlyList<string> Header { get; } = ["serial", "type", "region", "issuer", "holderCode", "holderName", "issueDate", "validUntil", "attributes"];

    public static IReadOnlyList<SampleLicence> Read(SampleFolder folder, LicenceContext context)
    {
        var licences = new List<SampleLicence>();
        var serials = new HashSet<string>(StringComparer.Ordinal);
        CsvFile.Read(folder, Name, Header, row =>
        {
            var licence = ReadRow(row, context);
            if (!row.Sound) return;
            row.Require(serials.Add(licence.Serial), "serial", "stands in the file twice.");
            if (row.Sound) licences.Add(licence);
        });
        return licences;
    }

    /// <summary>Reads one row; sound only when every column is, alone and against the other files.</summary>
    public static SampleLicence ReadRow(CsvRow row, LicenceContext context)
    {
        var serial = row["serial"];
        row.Require(IsSerial(serial), "serial", $"must be 1 to {LicenceId.MaxSerialLength} of 0-9, A-Z.");
        var region = row.Region("region");
        row.Require(context.Regions.Contains(region), "region", $"is not one of {context.RegionsFrom}.");
        var issuer = row.Organisation("issuer");
        var from = row.Date("issueDate");
        var lastDay = row.OptionalDate("validUntil");
        row.Require(lastDay is null || lastDay > from, "validUntil", "must lie after issueDate.");
        row.Text("holderName");
        if (!context.Types.TryGetValue(row["type"], out var type))
        {
            row.Refuse("type", $"does not stand in {context.TypesFrom}.");
            return new SampleLicence(serial, "", region, issuer, "", from, lastDay, []);
        }

        row.Require(
            context.Issuers.TryGetValue(issuer, out var agency) && agency.Region == region && agency.Department == type.Department,
            "issuer", $"is no agency of {context.IssuersFrom} in this region and of the department that issues this type ({type.Department}).");
        row.Require(IsHolder(row["holderCode"], type), "holderCode", type.HeldByPerson ? "is no citizen identity number of GB 11643." : "is no organisation code of GB 32100.");
        row.Require(lastDay is not null || type.ValidYears == 0, "validUntil", $"is empty, but {type.Code} ends after {type.ValidYears} years.");
        row.Require(
            lastDay is not { } last || type.ValidYears == 0 || last <= from.Plus((ulong)type.ValidYears * DaysOfLongestYear * SampleDate.Day),
            "validUntil", $"lies more than {type.ValidYears} years after issueDate.");
        var attributes = ReadAttributes(row, type);
        return new SampleLicence(serial, type.Code, region, issuer, row["holderCode"], from, lastDay?.Plus(SampleDate.Day), attributes);
    }

    private static List<KeyValuePair<string, string>> ReadAttributes(CsvRow row, SampleType type)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(row["attributes"]);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in document.RootElement.EnumerateObject())
                {
                    var text = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : "";
                    row.Require(text.Length is > 0 and <= SampleLimits.MaxTextLength, "attributes", $"'{member.Name}' must be a text of 1 to {SampleLimits.MaxTextLength} characters.");
                    row.Require(read.TryAdd(member.Name, text), "attributes", $"names '{member.Name}' twice.");
                }
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException) // the second: half of a surrogate pair
        {
            row.Refuse("attributes", "is no JSON object.");
            return [];
        }

        var wrong = type.Attributes.Except(read.Keys).Select(name => $"'{name}' is missing").Concat(read.Keys.Except(type.Attributes).Select(name => $"'{name}' is not one of the type")).FirstOrDefault();
        row.Require(wrong is null, "attributes", $"must be a JSON object with exactly the attributes of {type.Code}: {wrong}.");
        return wrong is null ? [.. type.Attributes.Select(name => KeyValuePair.Create(name, read[name]))] : [];
    }

    private static bool IsHolder(string code, SampleType type) => type.HeldByPerson ? CitizenId.TryParse(code, out _) : OrganisationCode.TryParse(code, out _);

    private static bool IsSerial(string text) => text.Length is > 0 and <= LicenceId.MaxSerialLength && text.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c));
}
