using LicenceChain.Cli.Samples;
using LicenceChain.Protocol.Identifiers;

namespace LicenceChain.Cli.Up;

/// <summary>Which identifiers the samples are issued under. The same samples give the same plan, so a second run finds what the first one issued.</summary>
internal sealed class LicencePlan
{
    // The samples are first issues.
    private const int FirstVersion = 1;

    private readonly Dictionary<string, PlannedLicence> _bySerial;

    private LicencePlan(IReadOnlyDictionary<string, string> typeCodes, IReadOnlyList<PlannedLicence> licences)
    {
        TypeCodes = typeCodes;
        Licences = licences;
        _bySerial = licences.ToDictionary(licence => licence.Sample.Serial, StringComparer.Ordinal);
    }

    /// <summary>Catalogue code to type code of GB/T 36904.</summary>
    public IReadOnlyDictionary<string, string> TypeCodes { get; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<PlannedLicence> Licences { get; }

    /// <summary>Local type codes stand under <paramref name="registrar"/>, the member that registers the catalogue.</summary>
    public static LicencePlan For(SampleSet samples, OrganisationCode registrar)
    {
        var codes = Up.TypeCodes.For(samples.Types.Values, registrar);
        var licences = samples.Licences.Select(sample => new PlannedLicence(
            sample,
            LicenceId.Mint(codes[sample.Type], sample.Issuer, sample.Serial, FirstVersion),
            samples.Fates.TryGetValue(sample.Serial, out var fate) ? fate : Fate.Unspecified));
        return new LicencePlan(codes, [.. licences]);
    }

    /// <summary>The licence of a serial that stands in the samples.</summary>
    public PlannedLicence this[string serial] => _bySerial[serial];

    /// <summary>A well-formed identifier of the same type and issuer whose version was never issued.</summary>
    public LicenceId NeverIssued(string serial)
    {
        var sample = _bySerial[serial].Sample;
        return LicenceId.Mint(TypeCodes[sample.Type], sample.Issuer, sample.Serial, LicenceId.MaxVersion);
    }
}
