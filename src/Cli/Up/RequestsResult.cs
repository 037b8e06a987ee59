using LicenceChain.Cli.Samples;

namespace LicenceChain.Cli.Up;

/// <summary>What the requests came to.</summary>
internal sealed record RequestsResult(IReadOnlyList<RequestOutcome> Outcomes, TimeSpan Elapsed)
{
    /// <summary>True when every single outcome and its reason was the expected one.</summary>
    public bool AllAsExpected => Outcomes.All(outcome => outcome.AsExpected);

    /// <summary>One line for each scenario that occurs, in the table's order.</summary>
    public IReadOnlyList<ScenarioSummary> Summaries =>
        [.. ScenarioNames.All.Select(scenario => Outcomes.Where(outcome => outcome.Case.Request.Scenario == scenario).ToList()).Where(group => group.Count > 0).Select(ScenarioSummary.Of)];
}
