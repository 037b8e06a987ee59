using LicenceChain.Cli.Samples;
using LicenceChain.Cli.Up;

namespace LicenceChain.Cli.Tests.Up;

public sealed class ScenarioTableTests
{
    [Fact]
    public void Every_scenario_of_the_samples_stands_in_the_table_once()
    {
        var occurring = SampleReader.Read(Repository.Samples).Set!.Requests.Select(request => request.Scenario).Distinct().ToList();

        Assert.All(occurring, scenario => Assert.Single(ScenarioTable.Covered, scenario));
    }

    [Fact]
    public void Every_scenario_that_a_file_may_name_stands_in_the_table() =>
        Assert.Equal(ScenarioNames.All.Order(), ScenarioTable.Covered.Order());

    [Fact]
    public void Only_granted_is_recognised() =>
        Assert.Equal([Scenario.Granted], ScenarioTable.Covered.Where(scenario => ScenarioTable.For(scenario).Outcome == "recognised"));

    [Fact]
    public void Every_scenario_has_a_reason_of_its_own() =>
        Assert.Equal(ScenarioTable.Covered.Count(), ScenarioTable.Covered.Select(scenario => ScenarioTable.For(scenario).Code).Distinct().Count());

    [Fact]
    public void Every_reason_is_documented()
    {
        var codes = File.ReadAllText(Path.Combine(Repository.Root, "docs", "reference", "codes.md"));

        Assert.All(ScenarioTable.Covered, scenario => Assert.Contains(ScenarioTable.For(scenario).Code, codes, StringComparison.Ordinal));
    }
}
