using System.Globalization;
using LicenceChain.Simulation.Network.Faults;
using Xunit.Abstractions;

namespace LicenceChain.Simulation.Network;

/// <summary>Thousands of seeds, every size, every kind of fault. A failure prints the command that replays it.</summary>
public sealed class SeedTests(ITestOutputHelper output)
{
    /// <summary>Seeds of one theory case: all sizes take their turn.</summary>
    private const int SeedsPerCase = 300;

    private const double Minutes = 0.5;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void No_seed_breaks_a_promise(int part)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var settings = Enumerable.Range(part * SeedsPerCase, SeedsPerCase).Select(seed => new SimulationSettings(seed, SimulationSettings.SizeOf(seed), Minutes, FaultKinds.All));

        var code = new SimulationBatch([.. settings], Environment.ProcessorCount, trace: false, text).Run();

        output.WriteLine(text.ToString());
        Assert.True(code == 0, text.ToString());
    }
}
