using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Cli.Samples;

/// <summary>A whole samples folder, read and cross-checked. Made only by <see cref="SampleReader"/>.</summary>
internal sealed record SampleSet(
    IReadOnlyDictionary<RegionCode, SampleRegion> Regions,
    IReadOnlyList<SampleAgency> Agencies,
    IReadOnlyDictionary<string, SampleType> Types,
    SampleAgreement Agreement,
    IReadOnlyDictionary<string, SampleMatter> Matters,
    IReadOnlyList<SampleLicence> Licences,
    IReadOnlyDictionary<string, Fate> Fates,
    IReadOnlyList<SampleRequest> Requests);
