using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Cli.Samples;

/// <summary>
/// Reads and cross-checks a samples folder. Nothing else of <c>up</c> starts before this has said yes, so that a broken row
/// leaves nothing half done.
/// </summary>
internal static class SampleReader
{
    /// <summary>Reads all files of <paramref name="path"/>.</summary>
    public static SampleReading Read(string path)
    {
        var problems = new SampleProblems();
        if (!Directory.Exists(path))
        {
            problems.AddFile(path, "is no folder. Name one with --samples; network-config/samples is the one that ships.");
            return new SampleReading(null, problems.Shown, problems.Count);
        }

        // 1. What stands on its own.
        var folder = new SampleFolder(path, problems);
        var regions = RegionsFile.Read(folder);
        var types = TypesFile.Read(folder);

        // 2. What refers to it; each file is read even when another is broken, as far as that makes sense.
        if (problems.Count > 0) return new SampleReading(null, problems.Shown, problems.Count);
        var agencies = AgenciesFile.Read(folder, regions);
        var agreement = AgreementFile.Read(folder, regions, types);
        var matters = MattersFile.Read(folder, regions, types);
        var fates = FatesFile.Read(folder);

        // 3. The two long tables, against all of it.
        if (problems.Count > 0) return new SampleReading(null, problems.Shown, problems.Count);
        var licences = LicencesFile.Read(folder, LicenceContext.Of(types, agencies, agreement));
        FatesFile.CheckAgainst(folder, fates, licences);
        var context = new RequestContext(types, agreement, matters, licences.ToDictionary(licence => licence.Serial, StringComparer.Ordinal), fates);
        var requests = RequestsFile.Read(folder, context);
        return problems.Count > 0
            ? new SampleReading(null, problems.Shown, problems.Count)
            : new SampleReading(new SampleSet(regions, agencies, types, agreement, matters, licences, fates, requests), [], 0);
    }
}
