using LicenceChain.Cli.Samples;

namespace LicenceChain.Cli.Up;

/// <summary>One line of the table of scenarios.</summary>
/// <param name="Scenario">Name as in requests.csv.</param>
/// <param name="Chinese">The same in Chinese.</param>
/// <param name="Count">Requests.</param>
/// <param name="ExpectedOutcome">For example <c>refused</c>.</param>
/// <param name="ExpectedCode">For example <c>LC-REC-007</c>.</param>
/// <param name="Actual">What came, each kind with its number, the most frequent first.</param>
/// <param name="Passed">True when all of them were as expected.</param>
internal sealed record ScenarioSummary(
    string Scenario, string Chinese, int Count, string ExpectedOutcome, string ExpectedCode, IReadOnlyList<ActualOutcome> Actual, bool Passed)
{
    public static ScenarioSummary Of(IReadOnlyList<RequestOutcome> outcomes)
    {
        var scenario = outcomes[0].Case.Request.Scenario;
        var expected = ScenarioTable.For(scenario);
        var actual = outcomes.GroupBy(outcome => (outcome.Outcome, outcome.Code))
            .Select(group => new ActualOutcome(group.Key.Outcome, group.Key.Code, group.Count(), group.First().English, group.First().Chinese))
            .OrderByDescending(one => one.Count).ThenBy(one => one.Code, StringComparer.Ordinal);
        return new ScenarioSummary(
            ScenarioNames.Name(scenario), ScenarioNames.Chinese(scenario), outcomes.Count, expected.Outcome, expected.Code, [.. actual], outcomes.All(outcome => outcome.AsExpected));
    }
}
