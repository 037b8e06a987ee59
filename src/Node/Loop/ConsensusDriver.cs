using Google.Protobuf;
using LicenceChain.Consensus;
using LicenceChain.Consensus.Inputs;
using LicenceChain.Consensus.Messages;
using LicenceChain.Consensus.Outputs;
using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Divergence;
using LicenceChain.Node.Network;
using LicenceChain.Node.Signing;
using LicenceChain.Node.Standings;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Loop;

/// <summary>T7 Agreement: feeds the state machine and carries its outputs out in their order; the vote log is flushed before anything that follows it.</summary>
internal sealed class ConsensusDriver
{
    private readonly ConsensusStateMachine _machine;
    private readonly ConsensusActions _actions;
    private readonly ChainState _chain;
    private readonly BlockCheck _check;
    private readonly NodeSeams _seams;
    private readonly NodeSigner _signer;
    private readonly ILogger _logger;
    private readonly Queue<ConsensusInput> _inputs = new();
    private bool _isRunning;
    private bool _logIsDirty;

    public ConsensusDriver(ChainState chain, BlockCheck check, NodeSeams seams, NodeSigner signer, ConsensusActions actions, ILogger logger)
    {
        _chain = chain;
        _check = check;
        _seams = seams;
        _signer = signer;
        _actions = actions;
        _logger = logger;
        signer.UseFor(chain.Next);
        _machine = new ConsensusStateMachine(OptionsOf(chain), new ConsensusStart(chain.Head.Header, chain.Next, signer, seams.Votes.Recovered, seams.Votes.WasLost));
    }

    /// <summary>C-ALARM: why this node does not vote, or what it last saw; empty when all is well.</summary>
    public string Alarm { get; private set; } = "";

    /// <summary>C-RESTART: it does not vote because its log is lost or is not its own.</summary>
    public bool HasLostLog => _machine.Abstains == AlarmReason.LogLost;

    /// <summary>The alarm in plain words.</summary>
    public string AlarmDetail { get; private set; } = "";

    /// <summary>The last alarm raised, also when it has passed; null when there was none.</summary>
    public PastAlarm? LastAlarm { get; private set; }

    /// <summary>What the height above the head waits for.</summary>
    public ConsensusStanding Standing => _machine.Standing;

    /// <summary>The round that the height above the head is in.</summary>
    public Round Round => _machine.Round;

    private UnixTime Now => _seams.Clock.Now;

    /// <summary>Resumes (C-RESTART).</summary>
    public void Start() => Feed(new Started(Now));

    /// <summary>True when exactly this message is held: it was sent again (C-WAL) and need not be verified again.</summary>
    public bool Holds(Height height, ReadOnlyMemory<byte> message) => _machine.Holds(height, message.Span);

    /// <summary>A worker verified a message.</summary>
    public void OnMessage(VerifiedMessage message) => Feed(new MessageReceived(Now, message));

    /// <summary>A timer of the state machine ran out.</summary>
    public void OnTimer(ConsensusTimer timer) => Feed(new TimerFired(Now, timer));

    /// <summary>C-TIMER: the mempool is not empty.</summary>
    public void OnWork() => Feed(new WorkAvailable(Now));

    /// <summary>The block that was asked for.</summary>
    public void OnBuilt(Height height, Round round, Block block) => Feed(new BlockBuilt(Now, height, round, block));

    /// <summary>What a proposed block came to.</summary>
    public void OnExecuted(Block block, BlockVerdict verdict) => Feed(new BlockExecuted(Now, block.Header.Digest, verdict));

    /// <summary>C-RESTART: governance lets this key vote again, from the height after the next.</summary>
    public void OnAllowed() => Feed(new VotingAllowed(Now));

    /// <summary>The head moved, by decision or by sync.</summary>
    public void OnHead()
    {
        (Alarm, AlarmDetail) = ("", "");
        _signer.UseFor(_chain.Next);
        Feed(new HeightDecided(Now, _chain.Head.Header, _chain.Next) { Options = OptionsOf(_chain) });
        if (_machine.Abstains is { } reason && Alarm.Length == 0) (Alarm, AlarmDetail) = (AlarmCodes.Of(reason), LastAlarm?.Detail ?? "");
    }

    /// <summary>C-ALARM: more became known about why this node diverges.</summary>
    public void OnDiverged(string detail)
    {
        (Alarm, AlarmDetail) = (StandingCodes.Diverged, detail);
        LastAlarm = new PastAlarm(Alarm, detail, _chain.Height, Now);
        Log.Alarm(_logger, Alarm, _chain.Height.Value, detail);
        _actions.Alarmed();
    }

    private static ConsensusOptions OptionsOf(ChainState chain)
    {
        var parameters = chain.Parameters;
        return new ConsensusOptions(
            chain.Chain, parameters.RoundTimeoutMs, MaxRoundTimeoutMs: uint.Max(60_000, parameters.RoundTimeoutMs), HeartbeatMs: parameters.HeartbeatMs, DriftMs: parameters.DriftMs);
    }

    // The machine is never entered twice: what its outputs bring about at once waits here.
    private void Feed(ConsensusInput input)
    {
        _inputs.Enqueue(input);
        if (_isRunning) return;
        _isRunning = true;
        while (_inputs.TryDequeue(out var next))
            foreach (var output in _machine.Handle(next))
                Perform(output);
        FlushVotes();
        _isRunning = false;
        if (_machine.IsHalted) throw new DivergedException(_machine.Height);
    }

    // T7 Agreement.
    private void Perform(ConsensusOutput output)
    {
        if (output is AppendLog append)
        {
            _seams.Votes.Append(append.Record);
            _logIsDirty = true;
            return;
        }

        FlushVotes(); // C-WAL: on disk before any later output
        switch (output)
        {
            case Broadcast broadcast:
                _seams.Network.Broadcast(new LinkMessage { Consensus = UnsafeByteOperations.UnsafeWrap(broadcast.Message) });
                break;
            case ArmTimer arm:
                _seams.Timers.Arm(new TimerId(TimerKind.Consensus, arm.Timer), arm.DelayMs);
                break;
            case CancelTimer cancel:
                _seams.Timers.Cancel(new TimerId(TimerKind.Consensus, cancel.Timer));
                break;
            case BuildBlock build:
                _actions.Build(build.Height, build.Round);
                break;
            case ExecuteBlock execute:
                if (_check.Begin(execute.Block) is { } verdict) OnExecuted(execute.Block, verdict);
                break;
            case Decide decide:
                _actions.Decide(decide.Block, decide.Certificate);
                break;
            case RequestSync:
                _actions.Sync();
                break;
            case RaiseAlarm alarm:
                Raise(alarm);
                break;
            case ReportEvidence evidence:
                Log.Evidence(_logger, evidence.Evidence.First.Validator, evidence.Evidence.First.Height, evidence.Evidence.First.Round);
                _actions.Report(evidence.Evidence);
                break;
            default:
                throw new InvalidOperationException($"The state machine asks for {output.GetType().Name}, which this node does not know.");
        }
    }

    private void FlushVotes()
    {
        if (!_logIsDirty) return;
        _seams.Votes.Flush();
        _logIsDirty = false;
    }

    private void Raise(RaiseAlarm alarm)
    {
        (Alarm, AlarmDetail) = (AlarmCodes.Of(alarm.Reason), alarm.Detail);
        LastAlarm = new PastAlarm(Alarm, AlarmDetail, _chain.Height, Now);
        Log.Alarm(_logger, Alarm, _chain.Height.Value, alarm.Detail);
        _actions.Alarmed();
    }
}
