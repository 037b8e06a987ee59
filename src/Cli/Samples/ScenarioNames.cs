namespace LicenceChain.Cli.Samples;

/// <summary>The names of scenarios and fates as the files spell them, and in Chinese.</summary>
internal static class ScenarioNames
{
    private static readonly (Scenario Scenario, string Name, string Chinese)[] Table =
    [
        (Scenario.Granted, "granted", "已授权"),
        (Scenario.NoGrant, "no-grant", "未获授权"),
        (Scenario.GrantExpired, "grant-expired", "授权已过期"),
        (Scenario.GrantRevoked, "grant-revoked", "授权已撤回"),
        (Scenario.GrantUsedUp, "grant-used-up", "授权次数已用尽"),
        (Scenario.WrongMatter, "wrong-matter", "授权事项不符"),
        (Scenario.AttributeNotGranted, "attribute-not-granted", "属性未获授权"),
        (Scenario.OverAsk, "over-ask", "超出事项所需"),
        (Scenario.TypeNotRecognised, "type-not-recognised", "证照类型不在互认范围"),
        (Scenario.Tampered, "tampered", "出示内容被篡改"),
        (Scenario.UnknownLicence, "unknown-licence", "查无此证"),
        (Scenario.RequesterNotAMember, "requester-not-a-member", "申请方非联盟成员"),
        (Scenario.LicenceRevoked, "licence-revoked", "证照已吊销"),
        (Scenario.LicenceSuspended, "licence-suspended", "证照已暂扣"),
        (Scenario.LicenceExpired, "licence-expired", "证照已过有效期"),
    ];

    /// <summary>Every scenario, in the order of reports.</summary>
    public static IEnumerable<Scenario> All => Table.Select(row => row.Scenario);

    public static bool TryParse(string name, out Scenario scenario)
    {
        scenario = Table.FirstOrDefault(row => row.Name == name).Scenario;
        return scenario != Scenario.Unspecified;
    }

    public static string Name(Scenario scenario) => Row(scenario).Name;

    public static string Chinese(Scenario scenario) => Row(scenario).Chinese;

    /// <summary>The fate that a licence of this scenario must have; <see cref="Fate.Unspecified"/>: none.</summary>
    public static Fate FateOf(Scenario scenario) => scenario switch
    {
        Scenario.LicenceRevoked => Fate.Revoked,
        Scenario.LicenceSuspended => Fate.Suspended,
        Scenario.LicenceExpired => Fate.Expired,
        _ => Fate.Unspecified,
    };

    public static bool TryParseFate(string? name, out Fate fate)
    {
        fate = name is not null && TryParse(name, out var scenario) ? FateOf(scenario) : Fate.Unspecified;
        return fate != Fate.Unspecified;
    }

    private static (Scenario Scenario, string Name, string Chinese) Row(Scenario scenario) =>
        Table.Single(row => row.Scenario == scenario);
}
