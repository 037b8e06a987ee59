namespace LicenceChain.Cli.Samples;

/// <summary>What a request refers to.</summary>
internal sealed record RequestContext(
    IReadOnlyDictionary<string, SampleType> Types,
    SampleAgreement Agreement,
    IReadOnlyDictionary<string, SampleMatter> Matters,
    IReadOnlyDictionary<string, SampleLicence> Licences,
    IReadOnlyDictionary<string, Fate> Fates);
