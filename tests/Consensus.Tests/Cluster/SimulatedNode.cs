using LicenceChain.Consensus.Inputs;
using LicenceChain.Consensus.Messages;
using LicenceChain.Consensus.Outputs;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Tests.Cluster;

/// <summary>A production state machine between a simulated disk, network and clock.</summary>
internal sealed class SimulatedNode(SimulatedCluster cluster, int host, int key)
{
    private const ulong RestartAfterMs = 300;
    private readonly HashSet<ConsensusTimer> _armed = [];
    private ConsensusStateMachine? _machine;
    private long _life;
    private ulong _salt;

    public int Host => host;

    public Disk Disk { get; } = new(cluster.Genesis);

    public List<RaiseAlarm> Alarms { get; } = [];

    public List<EvidenceMessage> Evidence { get; } = [];

    public bool IsUp => _machine is not null;

    public bool RestartsByItself { get; set; } = true;

    public ConsensusStateMachine Machine => _machine ?? throw new InvalidOperationException("The node is down.");

    public string Describe() => IsUp ? $"{Disk.Head.Height}/r{Machine.Round}{(Machine.Abstains is { } why ? $"({why})" : "")}" : $"{Disk.Head.Height}/down";

    public void Start()
    {
        if (IsUp) return;
        var options = new ConsensusOptions(TestKeys.Chain, RoundTimeoutMs: 400, MaxRoundTimeoutMs: 5_000, ResendMs: 200, HeartbeatMs: 600_000, DriftMs: 60_000);
        _machine = new ConsensusStateMachine(options, new ConsensusStart(Disk.Head, cluster.Set, new TestSigner(key), [.. Disk.Log], Disk.LogLost));
        Feed(new Started(cluster.Now));
        OfferWork();
    }

    public void Crash()
    {
        _machine = null;
        _armed.Clear();
        _life++;
        if (RestartsByItself) cluster.After(RestartAfterMs, Start);
    }

    public void OfferWork()
    {
        if (IsUp && Disk.Head.Height.Value < cluster.TargetHeight) Feed(new WorkAvailable(cluster.Now));
    }

    public void Receive(int from, ReadOnlyMemory<byte> bytes)
    {
        if (!IsUp) return;
        Assert.True(MessageVerifier.TryPeekHeight(bytes, out var height));
        if (height <= Disk.Head.Height) cluster.Transmit(host, from, () => cluster.Nodes[from].HearStatus(this));
        else if (cluster.Verify(from, bytes, height) is { } message) Feed(new MessageReceived(cluster.Now, message));
    }

    public void HearStatus(SimulatedNode peer)
    {
        if (IsUp && peer.Disk.Head.Height > Disk.Head.Height) AskForBlocks(peer);
    }

    public void Feed(ConsensusInput input)
    {
        if (_machine is not { } machine) return;
        foreach (var output in machine.Handle(input))
        {
            if (cluster.CrashPerMille > 0 && cluster.Random.Next(1000) < cluster.CrashPerMille)
            {
                Crash();
                return;
            }

            Carry(output);
        }
    }

    private void Carry(ConsensusOutput output)
    {
        switch (output)
        {
            case AppendLog append:
                Disk.Log.Add(append.Record);
                break;
            case Broadcast broadcast:
                Assert.True(Disk.Holds(broadcast.Message), $"Seed {cluster.Seed}: C-WAL broken, sent before it was logged.");
                cluster.Broadcast(this, broadcast.Message);
                break;
            case ArmTimer arm:
                _armed.Add(arm.Timer);
                Later(arm.DelayMs, () => { if (_armed.Remove(arm.Timer)) Feed(new TimerFired(cluster.Now, arm.Timer)); });
                break;
            case CancelTimer cancel:
                _armed.Remove(cancel.Timer);
                break;
            case BuildBlock build:
                Later(1, () => Build(build));
                break;
            case ExecuteBlock execute:
                Later(1, () => Feed(new BlockExecuted(cluster.Now, execute.Block.Header.Digest, BlockVerdict.Valid)));
                break;
            case Decide decide:
                Store(decide.Block, decide.Certificate);
                Later(1, Announce);
                break;
            case RaiseAlarm alarm:
                Alarms.Add(alarm);
                break;
            case ReportEvidence report:
                Evidence.Add(report.Evidence);
                break;
            case RequestSync:
                AskForBlocks(cluster.Nodes[cluster.Random.Next(cluster.Nodes.Count)]);
                break;
            default:
                Assert.Fail($"Unknown output {output}.");
                break;
        }
    }

    private void Build(BuildBlock build)
    {
        if (Disk.Head.Height.Next != build.Height) return;
        var salt = ((ulong)host << 32) + _salt++;
        var last = Disk.Chain.Count == 0 ? null : Disk.Chain[^1].Certificate;
        var time = cluster.Now > Disk.Head.Time ? cluster.Now : Disk.Head.Time.Plus(1);
        Feed(new BlockBuilt(cluster.Now, build.Height, build.Round, TestBlocks.Above(Disk.Head, cluster.Set, build.Round, time, salt, last)));
    }

    private void AskForBlocks(SimulatedNode peer)
    {
        if (peer == this) return;
        var from = Disk.Chain.Count;
        cluster.Transmit(host, peer.Host, () =>
        {
            if (!peer.IsUp) return;
            var blocks = peer.Disk.Chain.Skip(from).ToList();
            cluster.Transmit(peer.Host, host, () => TakeBlocks(blocks));
        });
    }

    private void TakeBlocks(List<(Block Block, CommitCertificate Certificate)> blocks)
    {
        if (!IsUp) return;
        var before = Disk.Head.Height;
        foreach (var (block, certificate) in blocks)
            if (block.Header.Fields.Parent == Disk.Head.Digest)
                Store(block, certificate);
        if (Disk.Head.Height > before) Announce();
    }

    private void Store(Block block, CommitCertificate certificate)
    {
        // A sync may have been quicker than the own decision.
        if (block.Header.Height <= Disk.Head.Height) return;
        cluster.CheckAgreement(block, certificate);
        Disk.Chain.Add((block, certificate));
        Disk.Log.RemoveAll(r => MessageVerifier.TryPeekHeight(r.Message.Memory, out var height) && height <= Disk.Head.Height);
    }

    private void Announce()
    {
        Feed(new HeightDecided(cluster.Now, Disk.Head, cluster.Set));
        OfferWork();
    }

    // What a former life had planned does not happen.
    private void Later(ulong delayMs, Action action)
    {
        var life = _life;
        cluster.After(delayMs, () => { if (life == _life) action(); });
    }
}
