using LicenceChain.Node.Loop;
using LicenceChain.Node.Network;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Network.Links;

/// <summary>All links: one between any two machines of different keys, dialled again after it ended, as production does.</summary>
internal sealed class SimulatedLinks
{
    /// <summary>A silent line is noticed by keep-alive at the latest after this long; often the other end's machine tells at once.</summary>
    public const ulong MostNoticeUs = 10 * SimulatedTime.Second;

    // A handshake over a slow line.
    private const ulong MostDialUs = SimulatedTime.Second / 2;

    private readonly SimulatedNetwork _network;
    private readonly SeededRandom _random;
    private readonly Dictionary<(int Low, int High), SimulatedLink> _links = [];
    private (SimulatedMachine From, LinkMessage Message, NodeEvent Occurrence)? _lastRead;
    private (LinkMessage Message, int Size)? _lastMeasured;

    public SimulatedLinks(SimulatedNetwork network, SeededRandom random) => (_network, _random) = (network, random);

    /// <summary>Every direction of every link.</summary>
    public IEnumerable<LinkDirection> Directions => _links.Values.SelectMany(link => (LinkDirection[])[link.Up, link.Down]);

    /// <summary>A new machine: links to all others.</summary>
    public void Add(SimulatedMachine machine)
    {
        foreach (var other in _network.Machines)
        {
            if (other.Key == machine.Key) continue;
            var link = new SimulatedLink(_network, other, machine, _random.Fork((ulong)machine.Index));
            link.Up.Temper.Heal(_random);
            link.Down.Temper.Heal(_random);
            _links.Add((other.Index, machine.Index), link);
        }
    }

    /// <summary>The direction from one machine to another.</summary>
    public LinkDirection Direction(int from, int to) => Between(from, to).From(_network.Machines[from]);

    /// <summary>Sends to whoever is linked under a key; lost when nobody is.</summary>
    public void Send(SimulatedMachine from, KeyId key, LinkMessage message)
    {
        if (!from.Links.TryGetValue(key, out var link)) return;
        if (_lastMeasured is not { } measured || measured.Message != message) _lastMeasured = measured = (message, message.CalculateSize());
        link.From(from).Add(message, measured.Size);
    }

    /// <summary>What a message comes to at its receiver, by production's own edge. A broadcast is read once: who sent it is the same for all.</summary>
    public NodeEvent Read(SimulatedMachine from, LinkMessage message)
    {
        if (_lastRead is { } last && last.From == from && ReferenceEquals(last.Message, message)) return last.Occurrence;
        try
        {
            var occurrence = LinkInbox.Read(from.Key, LinkMessage.Parser.ParseFrom(Google.Protobuf.MessageExtensions.ToByteArray(message)));
            _lastRead = (from, message, occurrence);
            return occurrence;
        }
        catch (LinkRefusedException e)
        {
            throw new SimulationFailure($"node{from.Index} sent what the others refuse: {e.Message}", e);
        }
    }

    /// <summary>A machine was switched on: it dials, and is dialled.</summary>
    public void OnPowerOn(SimulatedMachine machine)
    {
        foreach (var link in Of(machine)) PlanConnect(link);
    }

    /// <summary>A machine that joins dials everybody at once, and again as any other.</summary>
    public void OnJoining(SimulatedMachine machine)
    {
        foreach (var link in Of(machine)) _network.Time.After(_random.Between(0, MostDialUs), () => Connect(link));
        OnPowerOn(machine);
    }

    /// <summary>A machine or its node ended: the others notice sooner or later.</summary>
    public void OnPowerOff(SimulatedMachine machine)
    {
        machine.Links.Clear();
        foreach (var link in Of(machine))
        {
            link.End(machine);
            var epoch = link.Epoch;
            _network.Time.After(Notice(), () => { if (epoch == link.Epoch) End(link, link.Other(machine)); });
        }
    }

    /// <summary>Cuts a direction until <see cref="Join"/>.</summary>
    public void Cut(LinkDirection direction)
    {
        if (direction.Cuts++ > 0) return;
        var link = direction.Link;
        _network.Time.After(Notice(), () => { if (!link.IsWhole) Disconnect(link); });
    }

    /// <summary>Takes a cut away.</summary>
    public void Join(LinkDirection direction)
    {
        if (--direction.Cuts == 0) PlanConnect(direction.Link);
    }

    /// <summary>Every line is well again.</summary>
    public void HealAll()
    {
        foreach (var direction in Directions)
        {
            direction.Temper.Heal(_random);
            direction.Cuts = 0;
        }

        foreach (var link in _links.Values) PlanConnect(link);
    }

    /// <summary>One end closes its link.</summary>
    public void Disconnect(SimulatedMachine end, KeyId key)
    {
        if (end.Links.TryGetValue(key, out var link)) Disconnect(link);
    }

    private void Disconnect(SimulatedLink link)
    {
        End(link, link.Low);
        End(link, link.High);
        PlanConnect(link);
    }

    private void PlanConnect(SimulatedLink link) =>
        _network.Time.After(_random.Between((ulong)LinkLimits.MinRedial.TotalMicroseconds, (ulong)LinkLimits.MaxRedial.TotalMicroseconds), () => Connect(link));

    private void Connect(SimulatedLink link)
    {
        if (link.IsUp || !link.IsWhole || !link.Low.IsOn || !link.High.IsOn) return;
        link.Connect();
        Take(link, link.Low);
        Take(link, link.High);
        _network.Trace.Note(link.Low.Index, TraceKind.LinkUp, (ulong)link.High.Index);
        if (_network.Trace.IsWritten) _network.Trace.Line(link.Low.Index, $"link with node{link.High.Index} is up");
    }

    // A newer link replaces an older one of the same key: only the one who lost it hears of it, and dials again.
    private void Take(SimulatedLink link, SimulatedMachine end)
    {
        var other = link.Other(end);
        if (end.Links.TryGetValue(other.Key, out var before) && before != link)
        {
            before.End(end);
            End(before, before.Other(end));
            PlanConnect(before);
        }

        end.Links[other.Key] = link;
        end.Post(new NodeEvent.PeerConnected(other.Key));
    }

    private void End(SimulatedLink link, SimulatedMachine end)
    {
        if (!link.IsUpAt(end)) return;
        link.End(end);
        var other = link.Other(end);
        _network.Trace.Note(end.Index, TraceKind.LinkDown, (ulong)other.Index);
        if (_network.Trace.IsWritten) _network.Trace.Line(end.Index, $"link with node{other.Index} is down");
        if (end.Links.GetValueOrDefault(other.Key) != link) return;
        end.Links.Remove(other.Key);
        end.Post(new NodeEvent.PeerDisconnected(other.Key));
    }

    private ulong Notice() => _random.Chance(500) ? _random.Between(0, 50 * SimulatedTime.Ms) : _random.Between(0, MostNoticeUs);

    private SimulatedLink Between(int one, int other) => _links[(int.Min(one, other), int.Max(one, other))];

    private IEnumerable<SimulatedLink> Of(SimulatedMachine machine) =>
        _network.Machines.Where(other => other.Key != machine.Key).Select(other => Between(machine.Index, other.Index));
}
