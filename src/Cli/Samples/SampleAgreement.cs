using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Cli.Samples;

/// <summary>agreement.json: which regions recognise which types of each other, since when.</summary>
internal sealed record SampleAgreement(string Name, string Title, IReadOnlyList<RegionCode> Regions, IReadOnlyList<string> Types, UnixTime Since);
