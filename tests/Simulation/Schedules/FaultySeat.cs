namespace LicenceChain.Simulation.Schedules;

/// <summary>A seat of the set that is not correct.</summary>
/// <param name="Seat">Index in the set.</param>
/// <param name="Strategies">Names of what drives it; empty for two correct copies of one key.</param>
internal sealed record FaultySeat(int Seat, IReadOnlyList<string> Strategies)
{
    public const string Twins = "twins";

    public bool IsTwins => Strategies.Count == 0;

    public override string ToString() => $"{Seat}:{(IsTwins ? Twins : string.Join('+', Strategies))}";
}
