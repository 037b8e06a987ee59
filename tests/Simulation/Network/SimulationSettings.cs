using LicenceChain.Simulation.Network.Faults;

namespace LicenceChain.Simulation.Network;

/// <summary>One run.</summary>
/// <param name="Seed">Everything is drawn from it.</param>
/// <param name="Nodes">n.</param>
/// <param name="Minutes">Simulated minutes with faults; afterwards the run goes on until everything is well again.</param>
/// <param name="Faults">The kinds that may be drawn.</param>
internal sealed record SimulationSettings(int Seed, int Nodes, double Minutes, FaultKinds Faults)
{
    /// <summary>The sizes of the acceptance: 3f+1 and the others.</summary>
    public static readonly IReadOnlyList<int> Sizes = [4, 5, 6, 7, 10, 13];

    /// <summary>The size that a seed has unless it is told.</summary>
    public static int SizeOf(int seed) => Sizes[seed % Sizes.Count];

    /// <summary>The command that does the same again.</summary>
    public string Command => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"dotnet run -c Release --project tests/Simulation -- --seed {Seed} --nodes {Nodes} --minutes {Minutes} --faults {FaultNames.Write(Faults)} --trace");
}
