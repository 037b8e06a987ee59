namespace LicenceChain.Simulation.Network.Links;

/// <summary>How one direction between two machines behaves just now.</summary>
internal sealed class LinkTemper
{
    /// <summary>How long a message travels at least.</summary>
    public ulong LatencyUs { get; set; }

    /// <summary>Up to so much more.</summary>
    public ulong JitterUs { get; set; }

    /// <summary>Messages of a thousand that never arrive.</summary>
    public int LossPerMille { get; set; }

    /// <summary>Messages of a thousand that arrive twice.</summary>
    public int DuplicatePerMille { get; set; }

    /// <summary>True when a later message may overtake.</summary>
    public bool Reorders { get; set; }

    /// <summary>What the line carries.</summary>
    public ulong BytesPerSecond { get; set; }

    /// <summary>A link within a province or between two, by chance: 0.2 to 40 ms, nothing lost.</summary>
    public void Heal(SeededRandom random)
    {
        LatencyUs = random.Between(200, 40 * SimulatedTime.Ms);
        JitterUs = random.Between(0, 5 * SimulatedTime.Ms);
        LossPerMille = 0;
        DuplicatePerMille = 0;
        Reorders = false;
        BytesPerSecond = 12_500_000;
    }
}
