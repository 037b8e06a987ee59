using LicenceChain.Node.Loop;
using LicenceChain.Node.Network;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Network.Links;

/// <summary>One direction of a link: what waits to be sent, with production's bounds (LinkOutbox), and what is on its way.</summary>
internal sealed class LinkDirection(SimulatedNetwork network, SimulatedLink link, SimulatedMachine from, SimulatedMachine to, SeededRandom random)
{
    // A receiver whose queue is full stops reading, and then the sender can send no more; the line looks again after this long.
    private const ulong BackPressureUs = 5 * SimulatedTime.Ms;

    private readonly Queue<(LinkMessage Message, int Size)> _urgent = new();
    private readonly Queue<(LinkMessage Message, int Size)> _gossip = new();
    private readonly Queue<NodeEvent> _unread = new();
    private long _urgentBytes;
    private ulong _freeAtUs;
    private ulong _lastArrivalUs;
    private bool _isPlanned;

    /// <summary>How it behaves.</summary>
    public LinkTemper Temper { get; } = new();

    /// <summary>True while whatever is sent is lost and nobody is told.</summary>
    public bool IsCut => Cuts > 0;

    /// <summary>Faults that cut it at present: several may overlap.</summary>
    public int Cuts { get; set; }

    public SimulatedLink Link => link;

    public SimulatedMachine From => from;

    public SimulatedMachine To => to;

    /// <summary>Messages that wait.</summary>
    public int Waiting => _urgent.Count + _gossip.Count;

    /// <summary>A new connection: nothing waits.</summary>
    public void Clear()
    {
        _urgent.Clear();
        _gossip.Clear();
        _unread.Clear();
        _urgentBytes = 0;
        _freeAtUs = 0;
    }

    /// <summary>Takes a message to be sent; beyond the bounds the oldest goes.</summary>
    public void Add(LinkMessage message, int size)
    {
        if (message.ContentCase == LinkMessage.ContentOneofCase.Transactions)
        {
            if (_gossip.Count == LinkLimits.GossipMessages) _gossip.Dequeue();
            _gossip.Enqueue((message, size));
        }
        else
        {
            while (_urgent.Count > 0 && (_urgent.Count >= LinkLimits.QueueMessages || _urgentBytes + size > LinkLimits.QueueBytes)) _urgentBytes -= _urgent.Dequeue().Size;
            _urgent.Enqueue((message, size));
            _urgentBytes += size;
        }

        Pump(from.NowUs);
    }

    private void Pump(ulong nowUs)
    {
        while (!_isPlanned && Waiting > 0 && _unread.Count == 0)
        {
            if (_freeAtUs > nowUs)
            {
                _isPlanned = true;
                var epoch = link.Epoch;
                network.Time.At(_freeAtUs, () => Resume(epoch));
                return;
            }

            if (_urgent.TryDequeue(out var next)) _urgentBytes -= next.Size;
            else next = _gossip.Dequeue();
            Transmit(next.Message, next.Size, nowUs);
        }
    }

    private void Resume(int epoch)
    {
        _isPlanned = false;
        if (epoch == link.Epoch) Pump(network.Time.NowUs);
    }

    private void Transmit(LinkMessage message, int size, ulong nowUs)
    {
        var takesUs = (ulong)size * SimulatedTime.Second / Temper.BytesPerSecond;
        _freeAtUs = nowUs + takesUs;
        if (IsCut || random.Chance(Temper.LossPerMille) || network.Loses(message))
        {
            network.Trace.Note(from.Index, TraceKind.Lost, (ulong)to.Index, (ulong)message.ContentCase);
            if (network.Trace.IsWritten) network.Trace.Line(from.Index, $"  {message.ContentCase} to node{to.Index} is lost");
            return;
        }

        var occurrence = network.Links.Read(from, message);
        var arrival = nowUs + takesUs + Temper.LatencyUs + random.Between(0, Temper.JitterUs);
        if (!Temper.Reorders) arrival = ulong.Max(arrival, _lastArrivalUs);
        _lastArrivalUs = ulong.Max(arrival, _lastArrivalUs);
        Plan(occurrence, arrival);
        if (random.Chance(Temper.DuplicatePerMille)) Plan(occurrence, arrival + random.Between(0, 2 * SimulatedTime.Second));
    }

    private void Plan(NodeEvent occurrence, ulong arrivalUs)
    {
        var epoch = link.Epoch;
        network.Time.At(arrivalUs, () => Arrive(occurrence, epoch));
    }

    private void Arrive(NodeEvent occurrence, int epoch)
    {
        if (epoch != link.Epoch || !link.IsUpAt(to)) return;
        if (_unread.Count == 0 && to.HasRoom)
        {
            to.Post(occurrence);
            return;
        }

        _unread.Enqueue(occurrence); // at most what was under way when it stopped reading
        if (_unread.Count == 1) PlanRead(epoch);
    }

    private void PlanRead(int epoch) => network.Time.After(BackPressureUs, () => ReadOn(epoch));

    private void ReadOn(int epoch)
    {
        if (epoch != link.Epoch || !link.IsUpAt(to)) return;
        while (_unread.Count > 0 && to.HasRoom) to.Post(_unread.Dequeue());
        if (_unread.Count > 0) PlanRead(epoch);
        else Pump(network.Time.NowUs);
    }
}
