using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Configuration;

/// <summary>A member of a network at genesis.</summary>
/// <param name="Code">GB 32100.</param>
/// <param name="Name">Its name.</param>
/// <param name="Region">The region it belongs to.</param>
/// <param name="Roles">What it does; a bureau is validator and verifier.</param>
public sealed record NetworkMember(OrganisationCode Code, string Name, RegionCode Region, IReadOnlyList<MemberRole> Roles);
