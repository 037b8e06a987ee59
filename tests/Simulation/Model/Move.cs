namespace LicenceChain.Simulation.Model;

/// <summary>A move of one local state: which messages must be on the network, by seat, and where it leads.</summary>
internal readonly struct Move
{
    /// <summary>The node decided: nothing follows that the others could see.</summary>
    public const int Decides = -1;

    /// <summary>A rule did not hold.</summary>
    public const int Violates = -2;

    private readonly ulong _need0;
    private readonly ulong _need1;
    private readonly ulong _need2;
    private readonly ulong _need3;

    public Move(Script script, ulong outcome, int target)
    {
        (Script, Outcome, Target) = (script, outcome, target);
        Span<ulong> needs = stackalloc ulong[Instance.Seats];
        for (var i = 0; i < script.Count; i++)
        {
            var (seat, statement) = script.Message(i);
            needs[seat] |= 1UL << statement;
        }

        (_need0, _need1, _need2, _need3) = (needs[0], needs[1], needs[2], needs[3]);
    }

    public Script Script { get; }

    /// <summary>Moves of one local state with the same outcome lead to the same place: only one of them is run.</summary>
    public ulong Outcome { get; }

    /// <summary>Number of a local state, or <see cref="Decides"/>.</summary>
    public int Target { get; }

    public bool IsOpen(ReadOnlySpan<ulong> network) =>
        ((_need0 & ~network[0]) | (_need1 & ~network[1]) | (_need2 & ~network[2]) | (_need3 & ~network[3])) == 0;
}
