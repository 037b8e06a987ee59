using System.Text.Json;

namespace LicenceChain.Cli.Samples;

/// <summary>fates.json: serial to fate.</summary>
internal static class FatesFile
{
    public const string Name = "fates.json";

    public static IReadOnlyDictionary<string, Fate> Read(SampleFolder folder)
    {
        var fates = new Dictionary<string, Fate>(StringComparer.Ordinal);
        if (!JsonFile.TryOpen(folder, Name, JsonValueKind.Object, out var root)) return fates;
        foreach (var (serial, value) in root.Members())
        {
            value.Require(ScenarioNames.TryParseFate(value.Text(), out var fate), "must be licence-revoked, licence-suspended or licence-expired.");
            fates[serial] = fate;
        }

        return fates;
    }

    /// <summary>Every fate names a licence, and one that is to be expired has an end.</summary>
    public static void CheckAgainst(SampleFolder folder, IReadOnlyDictionary<string, Fate> fates, IReadOnlyList<SampleLicence> licences)
    {
        var bySerial = licences.ToDictionary(licence => licence.Serial, StringComparer.Ordinal);
        foreach (var (serial, fate) in fates)
        {
            if (!bySerial.TryGetValue(serial, out var licence))
                folder.Problems.AddFile(Name, $"does not stand in {LicencesFile.Name}.", serial);
            else if (fate == Fate.Expired && licence.ValidUntil is null)
                folder.Problems.AddFile(Name, $"is to be expired, but has no end in {LicencesFile.Name}.", serial);
        }
    }
}
