using LicenceChain.Simulation.Network.Faults;

namespace LicenceChain.Simulation.Network;

public sealed class SimulationTests
{
    public static TheoryData<int> Sizes => [.. SimulationSettings.Sizes];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Without_faults_every_size_commits_all_that_clients_ask_for(int nodes)
    {
        var result = SimulationRun.Execute(new SimulationSettings(Seed: 1, nodes, Minutes: 2, FaultKinds.None));

        Assert.Null(result.Failure);
        Assert.True(result.Acknowledged > 0);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    public void A_seed_replays_byte_for_byte(int nodes)
    {
        var settings = new SimulationSettings(Seed: 3, nodes, Minutes: 1, FaultKinds.All);

        Assert.Equal(SimulationRun.Execute(settings).Trace, SimulationRun.Execute(settings).Trace);
    }
}
