using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Cli.Samples;

/// <summary>A row of regions.csv.</summary>
internal sealed record SampleRegion(RegionCode Code, string Name);
