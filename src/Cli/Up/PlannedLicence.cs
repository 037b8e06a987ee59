using LicenceChain.Cli.Samples;
using LicenceChain.Protocol.Identifiers;

namespace LicenceChain.Cli.Up;

/// <summary>A sample licence with the identifier it is issued under and what becomes of it.</summary>
internal sealed record PlannedLicence(SampleLicence Sample, LicenceId Id, Fate Fate);
