using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Configuration;

/// <summary>A member at genesis beside the bureaus: an issuing agency or an auditor.</summary>
/// <param name="Code">GB 32100.</param>
/// <param name="Name">1 to 128 characters.</param>
/// <param name="Region">The region it belongs to.</param>
/// <param name="Role"><see cref="MemberRole.Issuer"/> or <see cref="MemberRole.Auditor"/>: the bureaus take the other two.</param>
public sealed record PlannedMember(OrganisationCode Code, string Name, RegionCode Region, MemberRole Role);
