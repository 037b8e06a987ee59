using System.Globalization;

namespace LicenceChain.Cli.Samples;

/// <summary>requests.csv.</summary>
internal static class RequestsFile
{
    public const string Name = "requests.csv";

    private const string Recognised = "recognised";
    private const string Refused = "refused";

    private static readonly string[] Header =
        ["request", "at", "region", "matterName", "matter", "licenceSerial", "licenceType", "issuerRegion", "attributes", "scenario", "expected"];

    public static IReadOnlyList<SampleRequest> Read(SampleFolder folder, RequestContext context)
    {
        var requests = new List<SampleRequest>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        CsvFile.Read(folder, Name, Header, row =>
        {
            if (ReadRow(row, context) is not { } request) return;
            row.Require(names.Add(request.Name), "request", "stands in the file twice.");
            if (row.Sound) requests.Add(request);
        });
        return requests;
    }

    private static SampleRequest? ReadRow(CsvRow row, RequestContext context)
    {
        var name = row.Text("request");
        row.Require(DateTimeOffset.TryParse(row["at"], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _), "at", "is no time of RFC 3339.");
        var region = row.Region("region");
        row.Require(context.Agreement.Regions.Contains(region), "region", $"is not one of {AgreementFile.Name}.");
        row.Require(ScenarioNames.TryParse(row["scenario"], out var scenario), "scenario", $"must be one of: {string.Join(", ", ScenarioNames.All.Select(ScenarioNames.Name))}.");
        var expected = scenario == Scenario.Granted ? Recognised : Refused;
        row.Require(row["expected"] == expected, "expected", $"must be '{expected}' in this scenario.");
        if (!context.Matters.TryGetValue(row["matter"], out var matter)) row.Refuse("matter", $"does not stand in {MattersFile.Name}.");
        if (!context.Licences.TryGetValue(row["licenceSerial"], out var licence)) row.Refuse("licenceSerial", $"does not stand in {LicencesFile.Name}.");
        if (!row.Sound || matter is null || licence is null) return null;

        row.Require(row["matterName"] == matter.Name, "matterName", $"is not the name of this matter ({matter.Name}).");
        row.Require(matter.Region == region, "region", "is not where this matter is dealt with.");
        row.Require(row["licenceType"] == licence.Type, "licenceType", $"is not the type of this licence ({licence.Type}).");
        row.Require(row["issuerRegion"] == licence.Region.Value, "issuerRegion", $"is not the region of this licence's issuer ({licence.Region}).");
        var attributes = ReadAttributes(row, context.Types[licence.Type]);
        var request = new SampleRequest(name, region, matter.Code, licence.Serial, attributes, scenario);
        if (row.Sound) CheckScenario(row, request, matter, licence, context);
        return row.Sound ? request : null;
    }

    private static string[] ReadAttributes(CsvRow row, SampleType type)
    {
        var attributes = row["attributes"].Split(';');
        row.Require(attributes.All(type.Attributes.Contains), "attributes", $"must be attributes of {type.Code}, separated by ';'.");
        row.Require(attributes.Distinct(StringComparer.Ordinal).Count() == attributes.Length, "attributes", "names an attribute twice.");
        Array.Sort(attributes, StringComparer.Ordinal);
        return attributes;
    }

    /// <summary>A row whose data cannot lead to the outcome that its scenario expects is a mistake in the file, not a finding about the chain.</summary>
    private static void CheckScenario(CsvRow row, SampleRequest request, SampleMatter matter, SampleLicence licence, RequestContext context)
    {
        var allowed = matter.Needs.TryGetValue(licence.Type, out var needs) ? needs : [];
        var overAsks = request.Attributes.Any(attribute => !allowed.Contains(attribute));
        var covered = context.Agreement.Types.Contains(licence.Type);
        context.Fates.TryGetValue(licence.Serial, out var fate);

        row.Require(overAsks == (request.Scenario == Scenario.OverAsk), "attributes", "go beyond what the matter may ask exactly in the scenario over-ask.");
        row.Require(covered != (request.Scenario == Scenario.TypeNotRecognised), "licenceType", "is outside the agreement exactly in the scenario type-not-recognised.");
        row.Require(fate == ScenarioNames.FateOf(request.Scenario), "licenceSerial", $"has a fate in {FatesFile.Name} exactly in the scenario of that fate.");
        row.Require(request.Scenario != Scenario.AttributeNotGranted || request.Attributes.Count > 1, "attributes", "must be two or more in the scenario attribute-not-granted.");
    }
}
