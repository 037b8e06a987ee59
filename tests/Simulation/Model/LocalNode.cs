using System.Runtime.CompilerServices;
using LicenceChain.Consensus;
using LicenceChain.Consensus.Inputs;
using LicenceChain.Consensus.Messages;
using LicenceChain.Consensus.Outputs;
using LicenceChain.Consensus.Rules;
using LicenceChain.Consensus.Tests.Cluster;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Model;

/// <summary>A correct seat: the production state machine, its log, and the set of what it sent. Every output is checked as it comes.</summary>
internal sealed class LocalNode
{
    private readonly Instance _instance;
    private readonly Mail _mail;
    private readonly Flaw _flaw;
    private readonly CachedSigner _signer;
    private readonly List<WalRecordMessage> _log;
    private ConsensusStateMachine _machine;
    private ConsensusTimer? _timer;

    public LocalNode(Instance instance, Mail mail, CachedSigner signer, int seat, Flaw flaw = Flaw.Unspecified)
    {
        (_instance, _mail, _signer, _flaw, Seat) = (instance, mail, signer, flaw, seat);
        _log = [];
        _machine = Start();
        BeginWork();
    }

    private LocalNode(LocalNode other)
    {
        (_instance, _mail, _flaw, _signer, Seat) = (other._instance, other._mail, other._flaw, other._signer, other.Seat);
        (_timer, Sent, Restarts, HasDecided) = (other._timer, other.Sent, other.Restarts, other.HasDecided);
        _log = [.. other._log];
        _machine = MachineCopy.Of(other._machine);
    }

    public int Seat { get; }

    /// <summary>Every statement it ever sent.</summary>
    public ulong Sent { get; private set; }

    public int Restarts { get; private set; }

    public bool HasDecided { get; private set; }

    /// <summary>The block of the last decision, for the account of what is reachable; -1 for none.</summary>
    public (int Round, int Block) Decided { get; private set; } = (-1, -1);

    public ConsensusTimer? Timer => _timer;

    public bool IsTimerArmed => _timer is not null;

    public int Round => (int)State.Round.Value;

    public HeightState State => StateOf(_machine);

    public ConsensusStateMachine Machine => _machine;

    /// <summary>A block waits to be executed.</summary>
    public bool IsExecuting => State is { Accepted: not null, Verdict: null, IsDecided: false };

    /// <summary>A block was asked for and is not proposed yet.</summary>
    public bool IsBuilding => State is { Building: not null, IsDecided: false } && !Says(one => one.Type == VoteType.Proposal && one.Round == Round);

    public LocalNode Copy() => new(this);

    public LocalKey Key()
    {
        var state = State;
        return new LocalKey(
            Round, state.Accepted is { } accepted ? _instance.BlockNumber(accepted.Vote.Digest) : -1, state.Verdict,
            state.Prepared is { } prepared ? (int)prepared.Round.Value : -1, state.Prepared is { } block ? _instance.BlockNumber(block.Digest) : -1,
            IsBuilding, state.WorkIsDue, HasDecided, Restarts, Sent, LiveChanges());
    }

    public void Work() => Feed(new WorkAvailable(_instance.Now));

    public void Receive(int from, int statement) => Feed(new MessageReceived(_instance.Now, _mail.To(Seat, from, statement)));

    public void Execute() => Feed(new BlockExecuted(_instance.Now, State.Accepted!.Vote.Digest, BlockVerdict.Valid));

    public void Build() => Feed(new BlockBuilt(_instance.Now, State.Height, State.Round, _instance.BlockOf(Round)));

    public void Fire()
    {
        var timer = _timer!.Value;
        _timer = null;
        Feed(new TimerFired(_instance.Now, timer));
    }

    /// <summary>A crash at rest, and the next life over the same log.</summary>
    public void Restart()
    {
        Restarts++;
        if (_flaw == Flaw.LosesLog) _log.Clear();
        _timer = null;
        _machine = Start();
        BeginWork();
    }

    /// <summary>True when a RoundChange of this seat, in this round, is held.</summary>
    public bool Holds(int from, int changeRound) => State.Votes.Find(from, VoteType.RoundChange, new((uint)changeRound)) is not null;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_state")]
    public static extern ref HeightState StateOf(ConsensusStateMachine machine);

    private ConsensusStateMachine Start()
    {
        var machine = new ConsensusStateMachine(_instance.Options, new ConsensusStart(_instance.Head, _instance.Set, _signer, [.. _log], LogLost: false));
        Carry(machine.Handle(new Started(_instance.Now)));
        return machine;
    }

    // Every timer of a seat may run from the start. The proposer of round 0 proposes as soon as it has work, so for it the work is a move.
    private void BeginWork()
    {
        if (Seat != _instance.ProposerOf(0)) Work();
    }

    private void Feed(ConsensusInput input) => Carry(_machine.Handle(input));

    private void Carry(IReadOnlyList<ConsensusOutput> outputs)
    {
        foreach (var output in outputs)
            switch (output)
            {
                case AppendLog append: _log.Add(append.Record); break;
                case Broadcast broadcast: Send(broadcast.Message); break;
                case ArmTimer { Timer.Kind: ConsensusTimerKind.Round } arm: _timer = arm.Timer; break;
                case CancelTimer cancel when cancel.Timer == _timer: _timer = null; break;
                case Decide decide: Check(decide); break;
                case ReportEvidence { Evidence.First.Validator: var seat } when _mail.IsLiteral && seat != (uint)_instance.Byzantine:
                    throw new ModelViolation("evidence", $"seat {Seat} accuses seat {seat}, which is correct");
                case RaiseAlarm { Reason: not (AlarmReason.PeersMissing or AlarmReason.ConflictingVote) } alarm: throw new ModelViolation("alarm", $"{alarm.Reason}: {alarm.Detail}");
                case RaiseAlarm alarm when alarm.Reason == AlarmReason.ConflictingVote && Restarts == 0: throw new ModelViolation("alarm", $"{alarm.Reason}: {alarm.Detail}");
                default: break;
            }
    }

    private void Send(ReadOnlyMemory<byte> bytes)
    {
        // C-WAL: what is sent stands in the log.
        if (!_log.Exists(record => record.Message.Span.SequenceEqual(bytes.Span))) throw new ModelViolation("log", $"seat {Seat} sent what is not in its log");
        var number = _mail.Take(Seat, bytes);
        var said = _instance.Statements[number];
        if (_flaw != Flaw.DropsClaim && Says(one => one.Contradicts(said)))
            throw new ModelViolation("contradiction", $"seat {Seat} said {_instance.Describe(number)} against its own word");
        Sent |= 1UL << number;
    }

    private bool Says(Func<Statement, bool> what)
    {
        for (var set = Sent; set != 0; set &= set - 1)
            if (what(_instance.Statements[System.Numerics.BitOperations.TrailingZeroCount(set)]))
                return true;
        return false;
    }

    // C-CERT: what is decided carries Q valid signatures of one round over this very block.
    private void Check(Decide decide)
    {
        var header = decide.Block.Header;
        if (decide.Certificate.Digest != header.Digest || decide.Certificate.Height != header.Height || !decide.Certificate.Verify(TestKeys.Chain, _instance.Set))
            throw new ModelViolation("certificate", $"seat {Seat} decided {_instance.DescribeBlock(_instance.BlockNumber(header.Digest))} without a valid certificate");
        HasDecided = true;
        Decided = ((int)decide.Certificate.Round.Value, _instance.BlockNumber(header.Digest));
    }

    // RoundChanges that this seat may still use as the proposer of their round. Of all others only the number that has arrived matters, never whose or what.
    private UInt128 LiveChanges()
    {
        UInt128 live = 0;
        for (var round = int.Max(1, Round); round < _instance.Rounds; round++)
        {
            if (_instance.ProposerOf(round) != Seat || (round == Round && (State.Building is not null || Says(one => one.Type == VoteType.Proposal && one.Round == round)))) continue;
            for (var from = 0; from < Instance.Seats; from++)
                if (from != Seat && State.Votes.Find(from, VoteType.RoundChange, new((uint)round)) is { } held)
                    live |= (UInt128)(uint)(ChangeCode(held) + 1) << ((from * 32) + (8 * round));
        }

        return live;
    }

    private int ChangeCode(VerifiedMessage change) =>
        change.Vote.PreparedRound is { } claim ? 1 + ((int)claim.Value * _instance.BlockCount) + _instance.BlockNumber(change.Vote.PreparedDigest) : 0;
}
