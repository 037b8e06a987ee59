namespace LicenceChain.Simulation.Schedules;

/// <summary>What happened in one run, or in many.</summary>
internal sealed class ScheduleFacts
{
    /// <summary>Over all that happened, whatever the order of the runs: equal sums are equal runs.</summary>
    public ulong Sum { get; set; }

    public long Events { get; set; }

    public long Deliveries { get; set; }

    /// <summary>Messages that liars sent.</summary>
    public long Lies { get; set; }

    /// <summary>Deliveries that the production verifier refused.</summary>
    public long Refused { get; set; }

    /// <summary>Contradictions that correct hosts reported, each of a faulty key.</summary>
    public long Evidence { get; set; }

    /// <summary>Crashes of correct hosts.</summary>
    public long Crashes { get; set; }

    /// <summary>Blocks decided in a round after round 0.</summary>
    public long LateDecisions { get; set; }

    /// <summary>Blocks decided before the network was calm.</summary>
    public long EarlyDecisions { get; set; }

    /// <summary>One bit for each alarm reason that any host raised.</summary>
    public uint Alarms { get; set; }

    /// <summary>The latest round in which a block was decided.</summary>
    public uint MaxRound { get; set; }

    /// <summary>Most rounds that any height took after the network was calm.</summary>
    public uint MaxCalmRounds { get; set; }

    /// <summary>Longest time in milliseconds from calm to the last height.</summary>
    public ulong MaxCalmMs { get; set; }

    public void Add(ScheduleFacts other)
    {
        Sum ^= other.Sum;
        Events += other.Events;
        Deliveries += other.Deliveries;
        Lies += other.Lies;
        Refused += other.Refused;
        Evidence += other.Evidence;
        Crashes += other.Crashes;
        LateDecisions += other.LateDecisions;
        EarlyDecisions += other.EarlyDecisions;
        Alarms |= other.Alarms;
        MaxRound = uint.Max(MaxRound, other.MaxRound);
        MaxCalmRounds = uint.Max(MaxCalmRounds, other.MaxCalmRounds);
        MaxCalmMs = ulong.Max(MaxCalmMs, other.MaxCalmMs);
    }
}
