using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Verifier.Configuration;

/// <summary>A node that the Verifier may ask.</summary>
/// <param name="Region">Its region: the vault there holds what agencies of the region issued.</param>
/// <param name="Organisation">Who runs it.</param>
/// <param name="Rest">Its REST address.</param>
public sealed record VerifierNode(RegionCode Region, OrganisationCode Organisation, Uri Rest);
