using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Tests.Configuration;

/// <summary>The four regions of the samples with one agency each and an auditor.</summary>
internal static class SamplePlan
{
    public static readonly RegionCode Shanghai = RegionCode.Parse("310000");
    public static readonly RegionCode Jiangsu = RegionCode.Parse("320000");
    public static readonly OrganisationCode ShanghaiAgency = OrganisationCode.Mint("11310000MB1LC1001");
    public static readonly OrganisationCode JiangsuAgency = OrganisationCode.Mint("11320000MB1LC1001");
    public static readonly OrganisationCode Auditor = OrganisationCode.Mint("11310000MB1LC9001");

    public static NetworkPlan Four() => new()
    {
        Chain = ChainId.Parse("test-chain"),
        GenesisTime = new UnixTime((ulong)TimeProvider.System.GetUtcNow().AddMinutes(-1).ToUnixTimeMilliseconds()),
        Regions =
        [
            new PlannedRegion(Shanghai, "上海市"),
            new PlannedRegion(Jiangsu, "江苏省"),
            new PlannedRegion(RegionCode.Parse("330000"), "浙江省"),
            new PlannedRegion(RegionCode.Parse("340000"), "安徽省"),
        ],
        Members =
        [
            new PlannedMember(ShanghaiAgency, "上海市公安局(样例)", Shanghai, MemberRole.Issuer),
            new PlannedMember(JiangsuAgency, "江苏省公安厅(样例)", Jiangsu, MemberRole.Issuer),
            new PlannedMember(Auditor, "审计机构(样例)", Shanghai, MemberRole.Auditor),
        ],
        Ports = PortPlan.Free(regions: 5), // and one that is added
    };
}
