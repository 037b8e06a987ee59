using System.Net;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Configuration;

/// <summary>A region that runs one validator and one Verifier, both in the name of its data bureau.</summary>
/// <param name="Code">GB/T 2260.</param>
/// <param name="Name">For example 上海市.</param>
public sealed record PlannedRegion(RegionCode Code, string Name)
{
    // GB 32100: department 1 (institutions), kind 1 (organ), area, then nine characters of an organisation code. "MB" begins the codes
    // given to organs since 2015; LC0001 marks the ones minted here, so that nobody takes them for real ones.
    private const string BureauNumber = "MB1LC0001";

    /// <summary>The address of the host that its node and Verifier run on: where they listen, and where the others find them. Default loopback.</summary>
    public IPAddress Host { get; init; } = IPAddress.Loopback;

    /// <summary>The bureau's organisation code: synthetic, the same for a region in every network.</summary>
    public OrganisationCode Bureau => OrganisationCode.Mint($"11{Code.Value}{BureauNumber}");

    /// <summary>The bureau's name, for example 上海市大数据中心.</summary>
    public string BureauName => Name + "大数据中心";
}
