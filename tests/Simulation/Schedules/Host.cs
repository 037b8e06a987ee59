using LicenceChain.Consensus;
using LicenceChain.Consensus.Inputs;
using LicenceChain.Consensus.Outputs;
using LicenceChain.Consensus.Tests.Cluster;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Simulation.Schedules.Checks;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules;

/// <summary>A correct validator: the production state machine, with what the node's loop does around it, between a simulated disk, network and clock.</summary>
internal sealed class Host(ScheduleRun run, int index, int seat, bool isTwin)
{
    private static readonly ConsensusOptions Options =
        new(TestKeys.Chain, ScheduleTimes.RoundTimeoutMs, ScheduleTimes.MaxRoundTimeoutMs, ScheduleTimes.ResendMs, HeartbeatMs: 600_000, DriftMs: 600_000);

    private readonly Dictionary<ConsensusTimer, ulong> _armed = [];
    private readonly OwnVotesCheck _own = new();
    private readonly EvidenceCheck _evidence = new(run.Bench, run.SuspectSeats, seat);
    private ConsensusStateMachine? _machine;

    public int Index => index;

    public int Seat => seat;

    /// <summary>One of two copies of a key: it may contradict the other and need not come to the end.</summary>
    public bool IsTwin => isTwin;

    public int Life { get; private set; } = 1;

    public HostDisk Disk { get; } = new(run.Bench.Genesis);

    public ConsensusStateMachine? Machine => _machine;

    public bool IsUp => _machine is not null;

    public Round Round => _machine?.Round ?? default;

    public void Start()
    {
        if (IsUp) return;
        _machine = new ConsensusStateMachine(Options, new ConsensusStart(Disk.Head, run.Bench.Set, run.Bench.Signers[seat], [.. Disk.Log], Disk.LogLost));
        _evidence.Begin(Disk.Head.Height.Next, Disk.Log);
        Feed(new Started(run.Now));
        OfferWork();
    }

    public void Crash(bool losesLog)
    {
        if (!IsUp) return;
        run.Note(() => $"host {index} crashes{(losesLog ? " and loses its log" : "")}");
        run.Facts.Crashes++;
        _machine = null;
        _armed.Clear();
        Life++;
        if (losesLog || run.Mutation?.ForgetsLog == true) Disk.LoseLog(silently: run.Mutation?.ForgetsLog == true);
        run.After(ScheduleTimes.RestartMs, new Occurrence(OccurrenceKind.Start, index));
    }

    /// <summary>As the node's inbox does (C-FLOOD): heights that are not held and messages that are held go no further; the rest were verified by a worker.</summary>
    public void Receive(int from, Known message)
    {
        if (_machine is not { } machine) return;
        var head = Disk.Head.Height;
        if (message.Height <= head)
        {
            if (from >= 0) run.SendBlocks(this, run.Hosts[from]);
            return;
        }

        if (message.Height.Value - head.Value > 2 || machine.Holds(message.Height, message.Bytes.Span)) return;
        if ((message.Verified ?? run.Mutation?.Trusts(message)) is not { } verified)
        {
            run.Facts.Refused++;
            return;
        }

        run.Facts.Deliveries++;
        if (message.Verified is not null) _evidence.OnMessage(machine.Height, message);
        Feed(new MessageReceived(run.Now, verified));
    }

    public void OnTimer(ConsensusTimer timer, ulong number)
    {
        if (!_armed.TryGetValue(timer, out var armed) || armed != number) return;
        _armed.Remove(timer);
        Feed(new TimerFired(run.Now, timer));
    }

    public void OnBuilt(BuildBlock build)
    {
        if (Disk.Head.Height.Next != build.Height) return;
        var block = run.Bench.BlockAbove(Disk.Head, build.Round, index == seat ? BlockVariant.First : BlockVariant.Second);
        Feed(new BlockBuilt(run.Now, build.Height, build.Round, block));
    }

    public void OnExecuted(Block block)
    {
        var verdict = BlockVariants.Of(block) switch
        {
            BlockVariant.Diverging when run.Mutation?.TrustsRoots != true => BlockVerdict.Diverged("state root"),
            BlockVariant.Forbidden => BlockVerdict.Invalid("transaction 0"),
            _ => BlockVerdict.Valid,
        };
        Feed(new BlockExecuted(run.Now, block.Header.Digest, verdict));
    }

    public void OnBlocks(IReadOnlyList<(Block Block, CommitCertificate Certificate)> blocks)
    {
        if (!IsUp) return;
        var before = Disk.Head.Height;
        foreach (var (block, certificate) in blocks)
            if (block.Header.Fields.Parent == Disk.Head.Digest)
                Store(block, certificate);
        if (Disk.Head.Height > before) OnApplied();
    }

    public void OnApplied()
    {
        if (_machine is not { } machine || machine.Height > Disk.Head.Height) return;
        _evidence.OnHead(machine.Height, Disk.Head.Height);
        Feed(new HeightDecided(run.Now, Disk.Head, run.Bench.Set));
        OfferWork();
    }

    private void OfferWork()
    {
        if (IsUp && Disk.Head.Height.Value < run.Schedule.Heights) Feed(new WorkAvailable(run.Now));
    }

    private void Feed(ConsensusInput input)
    {
        if (_machine is not { } machine) return;
        var outputs = machine.Handle(input);
        run.OnHandled(this, input);
        if (run.Mutation is { } mutation) outputs = mutation.Rewrite(this, outputs);
        foreach (var output in outputs)
        {
            if (run.CrashesNow(this))
            {
                Crash(losesLog: false);
                return;
            }

            Carry(output);
        }

        _evidence.Settle(run, index);
        if (machine.IsHalted) throw new ScheduleFailureException("execution", $"host {index} stopped: height {machine.Height} was decided with other roots.");
        foreach (var extra in run.Mutation?.Believes(this, input) ?? []) Feed(new MessageReceived(run.Now, extra));
    }

    private void Carry(ConsensusOutput output)
    {
        switch (output)
        {
            case AppendLog append:
                var logged = run.Bench.Read(append.Record.Message.Memory);
                if (!isTwin && run.Mutation?.IsBlindToContradiction != true) _own.OnLogged(index, logged);
                Disk.Log.Add(append.Record);
                _own.Remember(logged);
                _evidence.OnOwn(logged);
                break;
            case Broadcast broadcast:
                var sent = run.Bench.Read(broadcast.Message);
                if (!_own.Holds(sent)) throw new ScheduleFailureException("write-ahead log", $"host {index} sent what it had not logged.");
                run.Broadcast(this, sent);
                break;
            case ArmTimer arm:
                _armed[arm.Timer] = run.ArmTimer(this, arm);
                break;
            case CancelTimer cancel:
                _armed.Remove(cancel.Timer);
                break;
            case BuildBlock build:
                run.After(1, new Occurrence(OccurrenceKind.Built, index, Life, Subject: build));
                break;
            case ExecuteBlock execute:
                run.After(1, new Occurrence(OccurrenceKind.Executed, index, Life, Subject: execute.Block));
                break;
            case Decide decide:
                Store(decide.Block, decide.Certificate);
                run.After(1, new Occurrence(OccurrenceKind.Applied, index, Life));
                break;
            case RaiseAlarm alarm:
                run.OnAlarm(this, alarm);
                break;
            case ReportEvidence report:
                _evidence.OnReport(report.Evidence);
                break;
            case RequestSync:
                run.AskForBlocks(this);
                break;
            default:
                throw new InvalidOperationException($"Unknown output {output}.");
        }
    }

    private void Store(Block block, CommitCertificate certificate)
    {
        // A sync may have been quicker than the own decision.
        if (block.Header.Height <= Disk.Head.Height) return;
        run.OnDecided(this, block, certificate);
        Disk.Append(block, certificate);
    }
}
