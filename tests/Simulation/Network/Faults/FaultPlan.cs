namespace LicenceChain.Simulation.Network.Faults;

/// <summary>What a seed's faults are: which kinds, how often, and which seats carry what counts against f.</summary>
internal sealed class FaultPlan
{
    public FaultPlan(FaultKinds allowed, int faultBound, int validators, SeededRandom random)
    {
        foreach (var kind in FaultNames.Kinds)
            if (allowed.HasFlag(kind) && random.Chance(500))
                Kinds.Add(kind);
        MeanPauseUs = random.Between(SimulatedTime.Second / 2, 15 * SimulatedTime.Second);
        var seats = random.Sample(faultBound, validators);
        FaultySeats = [.. seats];
        MadClocks = [.. random.Sample(faultBound, validators)];
        RottenSeats = [.. random.Sample(faultBound, validators)];
    }

    /// <summary>The kinds that this seed has.</summary>
    public List<FaultKinds> Kinds { get; } = [];

    /// <summary>Mean time between two faults.</summary>
    public ulong MeanPauseUs { get; }

    /// <summary>At most f seats whose key runs twice or whose vote log is lost: neither can be counted on afterwards.</summary>
    public List<int> FaultySeats { get; }

    /// <summary>At most f seats whose clock may be off by more than the drift that the chain allows: with more, no block would be fresh.</summary>
    public IReadOnlyList<int> MadClocks { get; }

    /// <summary>At most f seats whose blocks may rot: what rots everywhere at once no network heals.</summary>
    public IReadOnlyList<int> RottenSeats { get; }
}
