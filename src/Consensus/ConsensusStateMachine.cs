using LicenceChain.Consensus.Inputs;
using LicenceChain.Consensus.Messages;
using LicenceChain.Consensus.Outputs;
using LicenceChain.Consensus.Rules;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus;

/// <summary>
/// QBFT with a write-ahead log, as docs/reference/consensus-rules.md numbers it: inputs in, one ordered list of outputs out. No clock, I/O, threads or randomness: the same
/// inputs give the same outputs. Not thread-safe: one loop owns it.
/// </summary>
public sealed class ConsensusStateMachine
{
    private ConsensusOptions _options;
    private readonly OutputList _outputs = new();
    private readonly Timers _timers;
    private readonly Alarms _alarms;
    private readonly Voter _voter;
    private HeightState _state;
    private RoundRules _rules;
    private VoteLedger _next;
    private bool _started;

    /// <summary>Resumes above <paramref name="start"/>'s head (C-RESTART). Feed <see cref="Started"/> first.</summary>
    public ConsensusStateMachine(ConsensusOptions options, ConsensusStart start)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(start);
        options.Validate();
        _options = options;
        _timers = new Timers(options, _outputs);
        _alarms = new Alarms(_outputs);
        _state = StateAbove(start.Head, start.Validators, LedgerOf(start.Validators));
        _next = LedgerOf(start.Validators);
        _voter = new Voter(options.Chain, start, _state, _outputs, _alarms);
        _rules = RulesOf(_state);
    }

    /// <summary>The height being decided.</summary>
    public Height Height => _state.Height;

    /// <summary>Its present round.</summary>
    public Round Round => _state.Round;

    /// <summary>C-ALARM: why this validator does not vote; null when it votes, or has no seat.</summary>
    public AlarmReason? Abstains => _voter.Abstains;

    /// <summary>C-ALARM: what the height waits for. Read at leisure: it walks the votes held.</summary>
    public ConsensusStanding Standing => StandingView.Of(_state);

    /// <summary>True when a decided block did not give the roots it names: the node stops, since going on would diverge. Every further input is ignored.</summary>
    public bool IsHalted => _rules.MustHalt;

    /// <summary>
    /// True when exactly these bytes of a message of <paramref name="height"/> are held: a vote that was sent again (C-WAL) need not be verified again.
    /// </summary>
    public bool Holds(Height height, ReadOnlySpan<byte> message) =>
        height == _state.Height ? _state.Votes.Holds(message) : height == _state.Height.Next && _next.Holds(message);

    /// <summary>Takes one input and says what to do, in order.</summary>
    public IReadOnlyList<ConsensusOutput> Handle(ConsensusInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (_started == input is Started) throw new InvalidOperationException("Started is the first input, and comes once.");
        _started = true;
        if (IsHalted) return [];

        // 1. Take in what happened.
        switch (input)
        {
            case Started started: OnStarted(started); break;
            case MessageReceived received: OnMessage(received.Message); break;
            case TimerFired fired: OnTimer(fired.Timer); break;
            case WorkAvailable: _state.WorkIsDue = true; break;
            case BlockBuilt built: OnBuilt(built); break;
            case BlockExecuted executed: OnExecuted(executed); break;
            case HeightDecided decided: OnHeightDecided(decided); break;
            case VotingAllowed: _voter.AllowFromNextHeight(); break;
            default: throw new ArgumentException($"Unknown input {input.GetType().Name}.", nameof(input));
        }

        // 2. Do whatever the rules now allow.
        _rules.Settle(input.Now);

        // 3. Log records first, then the rest in the order it arose.
        return _outputs.Drain();
    }

    // C-RESTART: resume the round, resend.
    private void OnStarted(Started started)
    {
        _timers.BeginHeight(_state.Head, started.Now);
        AlarmIfLogLost();
        if (_voter.LogAheadTo is { } logged) _outputs.Add(new RequestSync(logged.Previous));
        _voter.Resend();
    }

    private void OnMessage(VerifiedMessage message)
    {
        // 1. Only this height and the next are held (C-FLOOD), and only from validators we know: who lags gets blocks, not votes (C-SYNC).
        if (message.Height < _state.Height || message.ValidatorsHash != _state.Set.Hash) return;

        // 2. A vote in our own name that we did not make.
        if (message.Validator == _voter.Seat && !_voter.Made(message)) _voter.StopForForeignVote(message.Type, message.Height, message.Round);

        // 3. Hold it.
        _state.Ahead.Note(message.Validator, message.Height);
        if (message.Height == _state.Height) TakeIn(_state.Votes, message);
        else if (message.Height == _state.Height.Next) TakeIn(_next, message);

        // 4. Two heights behind is no race of messages: ask at once.
        if (_state.Ahead.Trusted > _state.Height.Next) RequestMissing();
    }

    private void TakeIn(VoteLedger votes, VerifiedMessage message)
    {
        Report(votes, message.Vote);
        foreach (var inner in message.RoundChanges) Report(votes, inner);
        foreach (var inner in message.Prepares) Report(votes, inner);
        votes.Add(message);
    }

    private void Report(VoteLedger votes, VerifiedVote vote)
    {
        if (votes.Evidence.Check(votes, vote) is not { } evidence) return;
        _outputs.Add(new ReportEvidence(evidence));
        if (vote.Validator == _voter.Seat) _voter.StopForForeignVote(vote.Type, vote.Height, vote.Round);
    }

    private void OnTimer(ConsensusTimer timer)
    {
        if (!_timers.TryTake(timer)) return;
        switch (timer.Kind)
        {
            case ConsensusTimerKind.Round:
                _rules.OnRoundTimeout();
                break;
            case ConsensusTimerKind.Resend:
                _voter.Resend();
                _rules.OnResend();
                if (_voter.Abstains == AlarmReason.Behind)
                    _alarms.Raise(AlarmReason.Behind, $"At height {_state.Height}, while others are at {_state.Ahead.Trusted} or above.");
                if (_state.LacksBody || !_next.IsEmpty || _state.Ahead.Trusted > _state.Height) RequestMissing();
                break;
            default:
                _state.WorkIsDue = true;
                break;
        }
    }

    // Q Commits for a body not held, or votes above: this height is decided. Otherwise some correct validator works at the trusted height.
    private void RequestMissing()
    {
        var decided = _state.Ahead.Trusted > _state.Height ? _state.Ahead.Trusted.Previous : _state.Height;
        _outputs.Add(new RequestSync(decided));
    }

    private void OnBuilt(BlockBuilt built)
    {
        if (built.Height == _state.Height && built.Round == _state.Round && !_state.IsDecided) _rules.OnBuilt(built.Block, built.Now);
    }

    private void OnExecuted(BlockExecuted executed)
    {
        if (executed.Verdict.Kind == BlockVerdictKind.Diverged)
        {
            // The roots differ: a signed divergence alarm and no vote.
            _state.Diverged = executed.Digest;
            _alarms.Raise(AlarmReason.Diverged, executed.Verdict.Detail);
        }

        if (_state.Accepted?.Vote.Digest != executed.Digest || _state.Verdict is not null) return;
        if (executed.Verdict.Kind == BlockVerdictKind.Invalid) _alarms.Raise(AlarmReason.InvalidProposal, executed.Verdict.Detail);
        _state.Verdict = executed.Verdict.Kind;
    }

    private void OnHeightDecided(HeightDecided decided)
    {
        if (decided.Head.Height <= _state.Head.Height) return;

        // 1. What was buffered for exactly this height counts if the same set decides it.
        var isNext = decided.Head.Height == _state.Height && _next.ValidatorsHash == decided.Next.Hash;
        _state = StateAbove(decided.Head, decided.Next, isNext ? _next : LedgerOf(decided.Next));
        _next = LedgerOf(decided.Next);

        // 2. Round 0 of the next height, or where the log says we were.
        UseTimesOf(decided.Options);
        _alarms.BeginHeight();
        _timers.BeginHeight(decided.Head, decided.Now);
        _voter.BeginHeight(_state);
        _rules = RulesOf(_state);
        AlarmIfLogLost();
    }

    private void UseTimesOf(ConsensusOptions? options)
    {
        if (options is null || options == _options) return;
        options.Validate();
        _options = options;
        _timers.Use(options);
    }

    // C-CHANGE: the set is the one the head names, so a change committed in h is active from h+1; fewer than four are no ValidatorSet at all.
    private static HeightState StateAbove(BlockHeader head, ValidatorSet set, VoteLedger votes) =>
        head.Fields.NextValidatorsHash == set.Hash
            ? new HeightState(head, set, votes)
            : throw new InvalidOperationException($"The validators given for height {head.Height.Next} are not those that the head names.");

    private static VoteLedger LedgerOf(ValidatorSet set) => new(set.Count, set.Hash);

    private RoundRules RulesOf(HeightState state) => new(_options, state, _voter, _timers, _alarms, _outputs);

    private void AlarmIfLogLost()
    {
        if (_voter.Abstains == AlarmReason.LogLost)
            _alarms.Raise(AlarmReason.LogLost, "The write-ahead log is missing or damaged: this node observes until a governance record lets its key vote again.");
    }
}
