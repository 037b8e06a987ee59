using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Contracts.Tests.Support;

/// <summary>Who plays in the tests: four regions with a bureau each, two issuing agencies, an auditor, holders, a stranger.</summary>
internal static class Cast
{
    public static readonly RegionCode Shanghai = RegionCode.Parse("310000");
    public static readonly RegionCode Jiangsu = RegionCode.Parse("320000");
    public static readonly RegionCode Zhejiang = RegionCode.Parse("330000");
    public static readonly RegionCode Anhui = RegionCode.Parse("340000");
    public static readonly IReadOnlyList<RegionCode> Regions = [Shanghai, Jiangsu, Zhejiang, Anhui];

    public static readonly OrganisationCode ShanghaiBureau = Code(Shanghai, 1);
    public static readonly OrganisationCode JiangsuPolice = Code(Jiangsu, 2);
    public static readonly OrganisationCode ShanghaiPolice = Code(Shanghai, 2);
    public static readonly OrganisationCode Auditor = Code(Shanghai, 3);
    public static readonly OrganisationCode NoMember = Code(Shanghai, 9);

    public static readonly Actor Issuer = new(1, JiangsuPolice);
    public static readonly Actor OtherIssuer = new(2, ShanghaiPolice);
    public static readonly Actor Verifier = new(3, ShanghaiBureau);
    public static readonly Actor Service = new(4, ShanghaiBureau);
    public static readonly Actor JiangsuVerifier = new(5, Code(Jiangsu, 1));
    public static readonly Actor AuditorService = new(6, Auditor);
    public static readonly Actor Expiring = new(7, JiangsuPolice);
    public static readonly Actor Approver = new(8, JiangsuPolice);
    public static readonly Actor Stranger = new(9, NoMember);
    public static readonly Actor Holder = new(10);
    public static readonly Actor OtherHolder = new(11);

    /// <summary>Governors of the four bureaus, in the order of <see cref="Regions"/>.</summary>
    public static readonly IReadOnlyList<Actor> Governors = [.. Regions.Select((r, i) => new Actor(20 + i, Code(r, 1)))];

    /// <summary>Consensus keys of the four bureaus, in the order of <see cref="Regions"/>.</summary>
    public static readonly IReadOnlyList<Actor> Validators = [.. Regions.Select((r, i) => new Actor(30 + i, Code(r, 1)))];

    public static Actor Governor => Governors[0];

    public static OrganisationCode Code(RegionCode region, int number) =>
        OrganisationCode.Mint($"11{region}{number.ToString("D9", System.Globalization.CultureInfo.InvariantCulture)}");
}
