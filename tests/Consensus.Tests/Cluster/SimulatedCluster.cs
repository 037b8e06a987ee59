using System.Runtime.InteropServices;
using LicenceChain.Consensus.Messages;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Tests.Cluster;

/// <summary>n state machines, a seeded scheduler and virtual time. Every run of a seed is the same run. It checks on each step that no two nodes decide differently.</summary>
internal sealed class SimulatedCluster
{
    private const int MaxEvents = 200_000;
    private const ulong StatusEveryMs = 1_000;

    private readonly PriorityQueue<Action, (ulong At, long Sequence)> _events = new();
    private readonly Dictionary<byte[], VerifiedMessage?> _verified = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Height, Hash256> _decided = [];
    private readonly Dictionary<int, Liar> _liars = [];
    private readonly FaultPlan _faults;
    private long _sequence;

    public SimulatedCluster(int n, int seed, FaultPlan? faults = null, IReadOnlyList<int>? hostKeys = null, IReadOnlyList<int>? liars = null)
    {
        Seed = seed;
        Random = new Random(seed);
        _faults = faults ?? new FaultPlan();
        Set = TestKeys.Set(n);
        Genesis = TestBlocks.Genesis(Set);
        Nodes = [.. (hostKeys ?? [.. Enumerable.Range(0, n)]).Select((key, host) => new SimulatedNode(this, host, key))];
        var stories = new Dictionary<Height, Liar.Story>();
        foreach (var host in liars ?? []) _liars.Add(host, new Liar(this, host, stories));
        foreach (var node in Nodes)
            if (!_liars.ContainsKey(node.Host))
                After(0, node.Start);
        After(StatusEveryMs, ExchangeStatus);
        Incite(new Height(1));
    }

    public int Seed { get; }

    public Random Random { get; }

    public ValidatorSet Set { get; }

    public BlockHeader Genesis { get; }

    public IReadOnlyList<SimulatedNode> Nodes { get; }

    /// <summary>Work is pending at every node until this height stands.</summary>
    public ulong TargetHeight { get; private set; }

    public ulong NowMs { get; private set; }

    public UnixTime Now => TestBlocks.GenesisTime.Plus(NowMs);

    public bool IsCalm => NowMs >= _faults.CalmAfterMs;

    /// <summary>False when messages between two hosts are lost; all pass by default.</summary>
    public Func<int, int, bool> Connected { get; set; } = (_, _) => true;

    /// <summary>Called for each message about to be sent, by its sender; false loses it.</summary>
    public Func<int, ReadOnlyMemory<byte>, int, bool> Passes { get; set; } = (_, _, _) => true;

    public int CrashPerMille => IsCalm ? 0 : _faults.CrashPerMille;

    public void After(ulong delayMs, Action action) => _events.Enqueue(action, (NowMs + delayMs, _sequence++));

    /// <summary>Runs until the given nodes (all by default) hold <paramref name="height"/>; fails when virtual time runs out.</summary>
    public void RunUntil(ulong height, ulong withinMs, IEnumerable<int>? who = null)
    {
        Demand(height);
        var wanted = (who ?? Enumerable.Range(0, Nodes.Count)).Select(i => Nodes[i]).ToList();
        var until = NowMs + withinMs;
        for (var i = 0; i < MaxEvents && NowMs <= until; i++)
        {
            if (wanted.All(node => node.Disk.Head.Height.Value >= height)) return;
            Step();
        }

        var heads = string.Join(", ", Nodes.Select(node => $"{node.Host}:{node.Describe()}"));
        Assert.Fail($"Seed {Seed}, n {Set.Count}: height {height} not reached by {NowMs} ms. Heads {heads}.");
    }

    /// <summary>Gives the nodes (all by default) work until <paramref name="height"/> stands.</summary>
    public void Demand(ulong height, IEnumerable<int>? who = null)
    {
        TargetHeight = ulong.Max(TargetHeight, height);
        foreach (var host in who ?? Enumerable.Range(0, Nodes.Count)) Nodes[host].OfferWork();
    }

    /// <summary>Runs for a while, whatever happens.</summary>
    public void RunFor(ulong ms)
    {
        var until = NowMs + ms;
        for (var i = 0; i < MaxEvents && _events.TryPeek(out _, out var next) && next.At <= until; i++) Step();
        NowMs = until;
    }

    public void Broadcast(SimulatedNode from, ReadOnlyMemory<byte> message)
    {
        foreach (var to in Nodes)
            if (to != from && Passes(from.Host, message, to.Host))
            {
                if (_liars.TryGetValue(to.Host, out var liar)) Transmit(from.Host, to.Host, () => liar.Hear(message));
                else Transmit(from.Host, to.Host, () => to.Receive(from.Host, message));
            }
    }

    /// <summary>The decided block below a height, as any node holds it; null when none does.</summary>
    public (BlockHeader Head, CommitCertificate? Certificate)? ChainOf(Height height)
    {
        if (height.Value == 1) return (Genesis, null);
        var holder = Nodes.FirstOrDefault(node => node.Disk.Head.Height >= height.Previous);
        if (holder is null) return null;
        var (block, certificate) = holder.Disk.Chain[(int)height.Value - 2];
        return (block.Header, certificate);
    }

    /// <summary>Sends something from host to host, with the plan's delays, losses and duplicates.</summary>
    public void Transmit(int from, int to, Action deliver)
    {
        if (!Connected(from, to) || (!IsCalm && Random.Next(100) < _faults.LossPercent)) return;
        After((ulong)Random.Next(1, _faults.MaxDelayMs + 1), deliver);
        if (!IsCalm && Random.Next(100) < _faults.DuplicatePercent) After((ulong)Random.Next(1, (_faults.MaxDelayMs * 10) + 1), deliver);
    }

    /// <summary>Production verification; one verdict for one byte array, since it is a pure function.</summary>
    public VerifiedMessage? Verify(int from, ReadOnlyMemory<byte> message, Height height)
    {
        Assert.True(MemoryMarshal.TryGetArray(message, out var segment));
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_verified, segment.Array!, out var exists);
        if (exists) return known;
        var isRight = MessageVerifier.TryVerify(message, TestKeys.Chain, height, Set, out known, out var reason);
        Assert.True(isRight || _liars.ContainsKey(from), $"Seed {Seed}: a correct node sent a message that is refused: {reason}.");
        return known;
    }

    /// <summary>Safety: one block a height, with a certificate that verifies (C-CERT).</summary>
    public void CheckAgreement(Block block, CommitCertificate certificate)
    {
        if (_decided.TryGetValue(block.Header.Height, out var digest))
        {
            Assert.True(digest == block.Header.Digest, $"Seed {Seed}, n {Set.Count}: two blocks decided at height {block.Header.Height}.");
            return;
        }

        _decided.Add(block.Header.Height, block.Header.Digest);
        Incite(block.Header.Height.Next);
        Assert.True(certificate.Digest == block.Header.Digest && certificate.Verify(TestKeys.Chain, Set), $"Seed {Seed}: bad certificate at height {block.Header.Height}.");
    }

    private void Incite(Height height)
    {
        foreach (var liar in _liars.Values) After((ulong)_faults.MaxDelayMs, () => liar.Begin(height));
    }

    private void Step()
    {
        Assert.True(_events.TryDequeue(out var action, out var key), $"Seed {Seed}: nothing left to happen.");
        NowMs = key.At;
        action!();
    }

    // C-SYNC: peers tell each other their heads; who lags asks.
    private void ExchangeStatus()
    {
        foreach (var from in Nodes)
            foreach (var to in Nodes)
                if (from != to && from.IsUp)
                    Transmit(from.Host, to.Host, () => to.HearStatus(from));
        After(StatusEveryMs, ExchangeStatus);
    }
}
