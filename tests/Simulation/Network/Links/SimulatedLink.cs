namespace LicenceChain.Simulation.Network.Links;

/// <summary>The connection between two machines. Each end believes by itself whether it is up.</summary>
internal sealed class SimulatedLink
{
    private bool _isUpLow;
    private bool _isUpHigh;

    public SimulatedLink(SimulatedNetwork network, SimulatedMachine low, SimulatedMachine high, SeededRandom random)
    {
        (Low, High) = (low, high);
        Up = new LinkDirection(network, this, low, high, random.Fork(1));
        Down = new LinkDirection(network, this, high, low, random.Fork(2));
    }

    public SimulatedMachine Low { get; }

    public SimulatedMachine High { get; }

    /// <summary>From <see cref="Low"/> to <see cref="High"/>.</summary>
    public LinkDirection Up { get; }

    /// <summary>From <see cref="High"/> to <see cref="Low"/>.</summary>
    public LinkDirection Down { get; }

    /// <summary>Counts connections: what belongs to a former one never arrives.</summary>
    public int Epoch { get; private set; }

    /// <summary>True when neither direction is cut.</summary>
    public bool IsWhole => !Up.IsCut && !Down.IsCut;

    /// <summary>True when both ends take it for up.</summary>
    public bool IsUp => _isUpLow && _isUpHigh;

    public bool IsUpAt(SimulatedMachine end) => end == Low ? _isUpLow : _isUpHigh;

    public LinkDirection From(SimulatedMachine end) => end == Low ? Up : Down;

    public SimulatedMachine Other(SimulatedMachine end) => end == Low ? High : Low;

    /// <summary>A new connection.</summary>
    public void Connect()
    {
        Epoch++;
        (_isUpLow, _isUpHigh) = (true, true);
        Up.Clear();
        Down.Clear();
    }

    /// <summary>One end notices that it is over.</summary>
    public void End(SimulatedMachine end)
    {
        if (end == Low) _isUpLow = false;
        else _isUpHigh = false;
        From(end).Clear();
    }
}
