using Google.Protobuf;
using LicenceChain.Consensus.Messages;
using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Mempool;
using LicenceChain.Node.Network;
using LicenceChain.Node.Signing;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Protocol;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;
using Microsoft.Extensions.Logging.Abstractions;

namespace LicenceChain.Node.Tests.Loop;

/// <summary>The production loop, four times in one thread, over a clock, timers, workers and links that are simulated. Nothing happens but in <see cref="Run"/>.</summary>
internal sealed class SimulatedNetwork : INodeClock, IDisposable
{
    private const int MaxEvents = 200_000;

    private readonly TemporaryFolder _folder = new();
    private readonly Queue<(int Node, NodeEvent Occurrence)> _events = new();
    private readonly SortedDictionary<(ulong Due, long Order), (int Node, TimerId Timer)> _timers = [];
    private readonly HashSet<int> _cut = [];
    private readonly List<SimulatedNode> _nodes = [];
    private readonly List<ulong>[] _voted;
    private readonly TestNetwork _files;
    private ulong _now;
    private long _order;

    private readonly Func<int, IStateStore, IStateStore> _wrap;
    private readonly Func<int, ProtocolVersions> _programs;

    /// <summary>A network over these files; <paramref name="programs"/>: what each node's program supports when it starts, by default what this one does.</summary>
    public SimulatedNetwork(TestNetwork files, Func<int, IStateStore, IStateStore>? wrap = null, Func<int, ProtocolVersions>? programs = null)
    {
        _files = files;
        _programs = programs ?? (_ => ProtocolVersions.Supported);
        _wrap = wrap ?? ((_, store) => store);
        _voted = [.. files.Members.Select(_ => new List<ulong>())];
        _now = GenesisFile.Read(files.Configurations[0].GenesisPath).Time.Milliseconds + 1000;
        for (var i = 0; i < files.Members.Count; i++) _nodes.Add(new SimulatedNode(this, i, files, _folder));
        for (var i = 0; i < _nodes.Count; i++) Post(i, new NodeEvent.Started());
        for (var i = 0; i < _nodes.Count; i++) Connect(i);
    }

    public UnixTime Now => new(_now);

    public Node.Standings.NodeWhy Why(int node) => _nodes[node].Publisher.Why;

    /// <summary>True: a node that stops itself is dead from then on; false: the test fails.</summary>
    public bool ToleratesFaults { get; init; }

    /// <summary>Why a node stopped itself; null while it runs.</summary>
    public Exception? Fault(int node) => _nodes[node].Fault;

    /// <summary>The node's loop broke.</summary>
    public void Abandon(int node, Exception cause) => _nodes[node].Loop.Abandon(cause);

    public NodeStatus Status(int node) => _nodes[node].Publisher.Status;

    public Protocol.Blocks.CommittedBlock Block(int node, ulong height) =>
        _nodes[node].Publisher.TryGetBlock(new Height(height), out var block) ? block : throw new InvalidOperationException($"Node {node} has no block {height}.");

    public Protocol.Blocks.ValidatorSet Validators => _nodes[0].Publisher.GenesisAnchor.Validators;

    public Submission Submit(int node, SignedTransaction transaction)
    {
        var submission = new Submission(waitForCommit: true);
        Post(node, new NodeEvent.TransactionSubmitted(transaction, submission));
        return submission;
    }

    /// <summary>A message that a node's owner makes up and sends to another node.</summary>
    public void Send(int from, int to, ConsensusMessage message) => Deliver(from, to, new LinkMessage { Consensus = message.ToByteString() });

    /// <summary>As above, any message.</summary>
    public void Send(int from, int to, LinkMessage message) => Deliver(from, to, message);

    public bool TryGetState(int node, Protocol.State.StateKey key, out ReadOnlyMemory<byte> value) => _nodes[node].Publisher.TryGetState(key, out value);

    /// <summary>Takes a node's links away: what is sent to it or by it is lost.</summary>
    public void Cut(int node)
    {
        _cut.Add(node);
        for (var other = 0; other < _nodes.Count; other++)
        {
            if (other == node) continue;
            Post(node, new NodeEvent.PeerDisconnected(Key(other)));
            Post(other, new NodeEvent.PeerDisconnected(Key(node)));
        }
    }

    /// <summary>What the links lose.</summary>
    public Predicate<LinkMessage> Loses { get; set; } = static _ => false;

    public bool IsCut(int node) => _cut.Contains(node);

    /// <summary>Gives a node its links back.</summary>
    public void Heal(int node)
    {
        _cut.Remove(node);
        Connect(node);
    }

    /// <summary>Heights at which a node sent votes, in the order it did.</summary>
    public IReadOnlyList<ulong> VotedAt(int node) => _voted[node];

    /// <summary>As <see cref="Restart"/>, the vote log gone.</summary>
    public void RestartWithoutVotes(int node) => Restart(node, () => File.Delete(_folder.File($"votes{node}.wal")));

    /// <summary>Ends a node without a word, whatever it was about to do, and starts it again from its files. Its clients hear nothing more.</summary>
    public void Restart(int node, Action? whileDown = null)
    {
        _nodes[node].Dispose();
        whileDown?.Invoke();
        var others = _events.Where(e => e.Node != node).ToList();
        _events.Clear();
        foreach (var kept in others) _events.Enqueue(kept);
        foreach (var (at, timer) in _timers.ToList())
            if (timer.Node == node)
                _timers.Remove(at);
        for (var other = 0; other < _nodes.Count; other++)
            if (other != node)
                Post(other, new NodeEvent.PeerDisconnected(Key(node)));
        _nodes[node] = new SimulatedNode(this, node, _files, _folder);
        Post(node, new NodeEvent.Started());
        if (!_cut.Contains(node)) Connect(node);
    }

    /// <summary>A file or folder of a node.</summary>
    public string FileOf(int node, string name) => _folder.File(name.Insert(name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? dot : name.Length, node.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>Lets events happen, and time pass where none is left, until <paramref name="isDone"/>.</summary>
    public void Run(Func<bool> isDone)
    {
        for (var handled = 0; !isDone(); handled++)
        {
            if (handled > MaxEvents) throw new InvalidOperationException($"Not done after {MaxEvents} events: {string.Join(Environment.NewLine, _nodes.Select(n => n.Publisher.Status))}");
            Step();
        }
    }

    /// <summary>Lets a number of events happen.</summary>
    public void RunEvents(int count)
    {
        for (var i = 0; i < count; i++) Step();
    }

    public void Dispose()
    {
        foreach (var node in _nodes) node.Dispose();
        _folder.Dispose();
    }

    private void Step()
    {
        if (_events.TryDequeue(out var next))
        {
            Handle(_nodes[next.Node], next.Node, next.Occurrence);
            return;
        }

        var (at, timer) = _timers.First();
        _timers.Remove(at);
        _now = ulong.Max(_now, at.Due);
        Post(timer.Node, new NodeEvent.TimerFired(timer.Timer));
    }

    private void Handle(SimulatedNode node, int index, NodeEvent occurrence)
    {
        if (node.Fault is not null) return;
        try
        {
            node.Loop.Handle(occurrence);
            node.Loop.Handle(NodeEvent.QueueDrained.Instance);
        }
        catch (Exception e) when (ToleratesFaults && e is NodeFaultException or StateDamagedException)
        {
            // As the loop's thread and the host do it: last words, then the links go.
            node.Fault = e;
            node.Loop.Abandon(e);
            Cut(index);
        }
    }

    private void Post(int node, NodeEvent occurrence) => _events.Enqueue((node, occurrence));

    private KeyId Key(int node) => _files.Members[node].Consensus.PublicKey.Id;

    private void Connect(int node)
    {
        for (var other = 0; other < _nodes.Count; other++)
        {
            if (other == node || _cut.Contains(other)) continue;
            Post(node, new NodeEvent.PeerConnected(Key(other)));
            Post(other, new NodeEvent.PeerConnected(Key(node)));
        }
    }

    private void Deliver(int from, int to, LinkMessage message)
    {
        if (from == to || _cut.Contains(from) || _cut.Contains(to) || Loses(message)) return;
        Post(to, LinkInbox.Read(Key(from), LinkMessage.Parser.ParseFrom(message.ToByteArray())));
    }

    private sealed class SimulatedNode : IPeerNetwork, ITimers, IVerificationPool, IDisposable
    {
        private readonly SimulatedNetwork _network;
        private readonly int _index;
        private readonly SegmentBlockStore _blocks;
        private readonly IStateStore _state;
        private readonly VoteLog _votes;

        public SimulatedNode(SimulatedNetwork network, int index, TestNetwork files, TemporaryFolder folder)
        {
            _network = network;
            _index = index;
            _blocks = SegmentBlockStore.Open(new DiskFolder(folder.File("blocks" + index)));
            _state = network._wrap(index, SqliteStateStore.Open(folder.File($"state{index}.db")));
            _votes = VoteLog.Open(new DiskFolder(folder.Path), $"votes{index}.wal", mustExist: _blocks.Head is not null);
            var genesis = GenesisFile.Read(files.Configurations[index].GenesisPath);
            var chain = ChainOpener.Open(_blocks, _state, genesis, network._programs(index));
            Publisher = new NodePublisher(_blocks, _state, chain, genesis.Validators);
            var seams = new NodeSeams(network, this, this, this, _blocks, _state, _votes);
            Loop = new NodeLoop(chain, seams, new NodeSigner(files.Members[index].Consensus, files.Members[index].Successor), files.Members[index].Service, TimeSpan.FromMilliseconds(200), Publisher, NullLogger.Instance);
        }

        public NodeLoop Loop { get; }

        public Exception? Fault { get; set; }

        public NodePublisher Publisher { get; }

        public void Submit(NodeWork work) => _network.Post(_index, work.Run());

        public void Send(KeyId peer, LinkMessage message)
        {
            for (var to = 0; to < _network._nodes.Count; to++)
                if (_network.Key(to) == peer)
                    _network.Deliver(_index, to, message);
        }

        public void Broadcast(LinkMessage message)
        {
            if (message.ContentCase == LinkMessage.ContentOneofCase.Consensus && MessageVerifier.TryPeekHeight(message.Consensus.Memory, out var height)) _network._voted[_index].Add(height.Value);
            for (var to = 0; to < _network._nodes.Count; to++) _network.Deliver(_index, to, message);
        }

        public void SetPeers(IReadOnlyList<PeerConfiguration> listed)
        {
        }

        public void Disconnect(KeyId peer, string reason)
        {
        }

        public void Arm(TimerId timer, ulong delayMs)
        {
            Cancel(timer);
            _network._timers.Add((_network._now + delayMs, _network._order++), (_index, timer));
        }

        public void Cancel(TimerId timer)
        {
            foreach (var (at, armed) in _network._timers)
            {
                if (armed != (_index, timer)) continue;
                _network._timers.Remove(at);
                return;
            }
        }

        public void Dispose()
        {
            _votes.Dispose();
            _state.Dispose();
            _blocks.Dispose();
        }
    }
}
