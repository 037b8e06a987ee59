using LicenceChain.Cli.Samples;

namespace LicenceChain.Cli.Up;

/// <summary>
/// What a Verifier must answer in each scenario. Written as literals (docs/reference/codes.md), not taken from the code that decides: this
/// table is the other side of the check.
/// </summary>
internal static class ScenarioTable
{
    private static readonly Expectation[] Rows =
    [
        new(Scenario.Granted, "recognised", "LC-REC-001"),
        new(Scenario.NoGrant, "refused", "LC-REC-051"),
        new(Scenario.GrantExpired, "refused", "LC-REC-055"),
        new(Scenario.GrantRevoked, "refused", "LC-REC-053"),
        new(Scenario.GrantUsedUp, "refused", "LC-REC-056"),
        new(Scenario.WrongMatter, "refused", "LC-REC-057"),
        new(Scenario.AttributeNotGranted, "refused", "LC-REC-059"),
        new(Scenario.OverAsk, "refused", "LC-REC-043"),
        new(Scenario.TypeNotRecognised, "refused", "LC-REC-032"),
        new(Scenario.Tampered, "refused", "LC-PRE-008"),
        new(Scenario.UnknownLicence, "refused", "LC-REC-021"),
        new(Scenario.RequesterNotAMember, "refused", "LC-REC-011"),
        new(Scenario.LicenceRevoked, "refused", "LC-REC-022"),
        new(Scenario.LicenceSuspended, "refused", "LC-REC-023"),
        new(Scenario.LicenceExpired, "refused", "LC-REC-024"),
    ];

    public static Expectation For(Scenario scenario) => Rows.Single(row => row.Scenario == scenario);

    /// <summary>The scenarios that the table covers.</summary>
    public static IEnumerable<Scenario> Covered => Rows.Select(row => row.Scenario);
}
