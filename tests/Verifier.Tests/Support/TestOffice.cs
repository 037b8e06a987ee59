using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Identifiers;

namespace LicenceChain.Verifier.Tests.Support;

/// <summary>A relying office: the bureau of a region and a matter that it deals with.</summary>
public sealed record TestOffice(NetworkRegion Region, string Matter)
{
    public OrganisationCode Bureau => Region.Bureau;
}
