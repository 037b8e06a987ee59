using LicenceChain.Simulation.Network.Links;

namespace LicenceChain.Simulation.Network.Faults;

/// <summary>What happens to links: each for a while.</summary>
internal sealed class LinkFaults(SimulatedNetwork network, SeededRandom random, Func<bool> isCalm)
{
    private const ulong MostUs = 60 * SimulatedTime.Second;
    private const int MostParts = 3;

    /// <summary>Two or three parts that do not hear each other.</summary>
    public void Partition()
    {
        var parts = 2 + random.Below(MostParts - 1);
        var part = network.Machines.Select(_ => random.Below(parts)).ToArray();
        if (network.Trace.IsWritten) network.Trace.Line(-1, $"partition: {string.Join(" ", part)}");
        Cut(network.Links.Directions.Where(d => part[d.From.Index] != part[d.To.Index]));
    }

    /// <summary>One machine is deaf, or mute, or one cannot hear one other.</summary>
    public void CutOneWay()
    {
        var machine = random.Pick(network.Machines);
        var kind = random.Below(3);
        if (network.Trace.IsWritten) network.Trace.Line(machine.Index, kind == 0 ? "hears nobody" : kind == 1 ? "is heard by nobody" : "does not hear one other");
        var directions = network.Links.Directions.Where(d => (kind == 1 ? d.From : d.To) == machine).ToList();
        Cut(kind == 2 ? [random.Pick(directions)] : directions);
    }

    public void Lose() => Change("messages are lost", temper => temper.LossPerMille = random.Below(400));

    public void Duplicate() => Change("messages arrive twice", temper => temper.DuplicatePerMille = random.Below(400));

    public void Reorder() => Change("messages overtake each other", temper =>
    {
        temper.Reorders = true;
        temper.JitterUs = random.Between(0, 2 * SimulatedTime.Second);
    });

    public void Slow() => Change("lines are slow", temper =>
    {
        temper.LatencyUs = random.Between(0, 3 * SimulatedTime.Second);
        if (random.Chance(300)) temper.BytesPerSecond = random.Between(2_000, 100_000);
    });

    /// <summary>Every line is well.</summary>
    public void Calm() => network.Links.HealAll();

    private void Cut(IEnumerable<LinkDirection> which)
    {
        var directions = which.ToList();
        foreach (var direction in directions) network.Links.Cut(direction);
        Later(() => { foreach (var direction in directions) network.Links.Join(direction); });
    }

    // Everybody's lines, one machine's, or a single direction.
    private void Change(string what, Action<LinkTemper> change)
    {
        var all = network.Links.Directions.ToList();
        var machine = random.Pick(network.Machines);
        var scope = random.Below(3);
        List<LinkDirection> chosen = scope == 0 ? all : scope == 1 ? [.. all.Where(d => d.From == machine || d.To == machine)] : [random.Pick(all)];
        if (network.Trace.IsWritten) network.Trace.Line(scope == 1 ? machine.Index : -1, $"{what} on {chosen.Count} lines");
        foreach (var direction in chosen) change(direction.Temper);
        Later(() => { foreach (var direction in chosen) direction.Temper.Heal(random); });
    }

    private void Later(Action end) => network.Time.After(random.Between(SimulatedTime.Second / 10, MostUs), () => { if (!isCalm()) end(); });
}
