using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Cli.Samples;

/// <summary>A row of agencies.csv: one that issues.</summary>
internal sealed record SampleAgency(OrganisationCode Code, string Name, RegionCode Region, string Department);
