using LicenceChain.Consensus.Inputs;
using LicenceChain.Consensus.Outputs;
using LicenceChain.Consensus.Tests.Cluster;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Schedules.Adversaries;
using LicenceChain.Simulation.Schedules.Checks;
using LicenceChain.Simulation.Schedules.Memory;
using LicenceChain.Simulation.Schedules.Mutations;

namespace LicenceChain.Simulation.Schedules;

/// <summary>
/// One schedule, from its seed to its end: production state machines, production verification, a virtual clock, one queue of what is going to happen, and liars. Every promise is checked
/// at the step that could break it. The same seed gives the same run, event by event.
/// </summary>
internal sealed class ScheduleRun
{
    private const int MaxEvents = 400_000;

    private readonly PriorityQueue<Occurrence, (ulong At, ulong Number)> _queue = new();
    private readonly DecisionCheck _decisions;
    private readonly DragCheck _drags = new();
    private readonly FloodCheck? _flood;
    private readonly ProgressCheck _progress;
    private readonly Coalition? _liars;
    private readonly Dice _dice;
    private readonly List<string>? _trace;
    private ulong _number;
    private ulong _hash;

    public ScheduleRun(Schedule schedule, Bench bench, Mutation? mutation = null, List<string>? trace = null)
    {
        bench.BeginRun();
        Schedule = schedule;
        Bench = bench;
        Mutation = mutation;
        _trace = trace;
        _dice = new Dice(schedule.Seed);
        SuspectSeats = schedule.Faulty.Select(one => one.Seat).ToHashSet();
        _decisions = new DecisionCheck(bench);
        _flood = schedule.Faulty.Any(one => one.Strategies.Contains(Floods.StrategyName)) ? new FloodCheck(bench.Set.Count) : null;
        var liars = schedule.Faulty.Where(one => !one.IsTwins).ToList();
        Hosts = [.. Seats(schedule, liars).Select((seat, host) => seat < 0 ? null : new Host(this, host, seat, SuspectSeats.Contains(seat)))];
        _progress = new ProgressCheck(schedule, bench.Set.FaultBound, [.. Hosts.OfType<Host>().Where(host => !host.IsTwin)]);
        _liars = liars.Count == 0 ? null : new Coalition(WorldOf(bench), liars, schedule.Sides, (int)schedule.Heights, new Dice(~schedule.Seed));
    }

    public Schedule Schedule { get; }

    public Bench Bench { get; }

    public Mutation? Mutation { get; }

    public IReadOnlySet<int> SuspectSeats { get; }

    /// <summary>By index; null where a liar sits.</summary>
    public IReadOnlyList<Host?> Hosts { get; }

    public ScheduleFacts Facts { get; } = new();

    /// <summary>Commits that correct hosts sent before the network was calm.</summary>
    public List<VoteMessage> CommitsBeforeCalm { get; } = [];

    /// <summary>For a network made by hand: false loses a message (null: blocks with certificates) between two hosts. Until the network is calm.</summary>
    public Func<Known?, int, int, bool>? Lets { get; init; }

    public ulong NowMs { get; private set; }

    public UnixTime Now => TestBlocks.GenesisTime.Plus(NowMs);

    private bool IsCalm => NowMs >= Schedule.Network.CalmAtMs;

    public ScheduleOutcome Run()
    {
        try
        {
            Begin();
            while (!_progress.IsDone) Step();
            _flood?.OnEnd(Hosts);
            Facts.MaxCalmMs = NowMs > Schedule.Network.CalmAtMs ? NowMs - Schedule.Network.CalmAtMs : 0;
            return new ScheduleOutcome(Schedule, null, null, _hash, Facts);
        }
        catch (ScheduleFailureException failure)
        {
            return new ScheduleOutcome(Schedule, failure.Message, failure.Promise, _hash, Facts);
        }
        catch (InvalidOperationException broken)
        {
            return new ScheduleOutcome(Schedule, $"invariant: {broken.Message}", "invariant", _hash, Facts);
        }
    }

    public void After(ulong delayMs, Occurrence occurrence) => _queue.Enqueue(occurrence, (NowMs + delayMs, _number++));

    /// <summary>Gives the number by which the host knows this arming from a later one of the same name.</summary>
    public ulong ArmTimer(Host host, ArmTimer arm)
    {
        var number = _number;
        After(arm.DelayMs, new Occurrence(OccurrenceKind.Timer, host.Index, host.Life, Subject: number, Timer: arm.Timer));
        return number;
    }

    public void Broadcast(Host from, Known message)
    {
        if (message.Verified is null && Mutation is null) throw new ScheduleFailureException("honesty", $"host {from.Index} sent what the verifier refuses: {message.Refusal}.");
        Note(() => $"host {from.Index} sends {Words.Of(message)}");
        if (!IsCalm && message.Vote is { Type: VoteType.Commit } commit) CommitsBeforeCalm.Add(commit);
        foreach (var to in Hosts)
            if (to is not null && to != from && (Schedule.TwinsHear || to.Seat != from.Seat) && Passes(message, from.Index, to.Index))
                Transmit(new Occurrence(OccurrenceKind.Arrival, to.Index, From: from.Index, Subject: message));
        if (_liars is not null) After(1, new Occurrence(OccurrenceKind.Overheard, 0, Subject: message));
    }

    /// <summary>C-SYNC: who lags gets blocks with certificates from whoever is ahead.</summary>
    public void SendBlocks(Host from, Host? to)
    {
        if (to is null || !from.IsUp || from.Disk.Chain.Count <= to.Disk.Chain.Count || IsCut(from, to)) return;
        var blocks = from.Disk.Chain.Skip(to.Disk.Chain.Count).ToList();
        Transmit(new Occurrence(OccurrenceKind.Blocks, to.Index, From: from.Index, Subject: blocks));
    }

    public void AskForBlocks(Host asking)
    {
        var peer = Hosts[_dice.Below(Hosts.Count)];
        if (peer is not null && peer != asking) SendBlocks(peer, asking);
    }

    public void OnDecided(Host host, Block block, CommitCertificate certificate)
    {
        Note(() => $"host {host.Index} stores height {block.Header.Height} {block.Header.Digest.ToString()[..6]} of round {certificate.Round}");
        _hash = Fingerprint.Mix(_hash, Fingerprint.Of(certificate.Bytes.Span));
        var isFirst = _decisions.OnDecided(host.Index, block, certificate);
        _progress.OnDecided(host, block.Header.Height, certificate.Round, IsCalm, Facts);
        if (!isFirst) return;
        if (!IsCalm) Facts.EarlyDecisions++;
        Facts.MaxRound = uint.Max(Facts.MaxRound, certificate.Round.Value);
        if (certificate.Round.Value > 0) Facts.LateDecisions++;
        if (_liars is not null && block.Header.Height.Value < Schedule.Heights) Send(_liars.Begin(block.Header));
    }

    public void OnAlarm(Host host, RaiseAlarm alarm)
    {
        Note(() => $"host {host.Index} raises {alarm.Reason}: {alarm.Detail}");
        Facts.Alarms |= 1u << (int)alarm.Reason;
        if (!host.IsTwin && Mutation is null) AlarmCheck.OnAlarm(host, alarm, Schedule);
    }

    public void OnHandled(Host host, ConsensusInput input)
    {
        if (Mutation?.IsBlindToDrag != true) _drags.OnHandled(host, input);
    }

    public bool CrashesNow(Host host) => Schedule.CrashPerMille > 0 && !IsCalm && !host.IsTwin && _dice.Below(1000) < Schedule.CrashPerMille;

    public void Note(Func<string> line) => _trace?.Add($"{NowMs,6} ms  {line()}");

    // A seat of -1 is a liar's: no host runs there.
    private static IEnumerable<int> Seats(Schedule schedule, IReadOnlyList<FaultySeat> liars) =>
        Enumerable.Range(0, schedule.Nodes).Select(seat => liars.Any(liar => liar.Seat == seat) ? -1 : seat).Concat(schedule.SecondCopies.Select(copy => copy.Seat));

    private static Surroundings WorldOf(Bench bench) => new(bench.Set, bench.Genesis, bench.Signers, bench.BlockAbove, bytes => bench.Read(bytes).Content);

    private void Begin()
    {
        foreach (var host in Hosts)
            if (host is not null)
                After((ulong)_dice.Below(5), new Occurrence(OccurrenceKind.Start, host.Index));
        if (Schedule.LosesLog >= 0) After((ulong)_dice.Between(5, 300), new Occurrence(OccurrenceKind.Crash, Schedule.LosesLog));
        After(ScheduleTimes.StatusMs, new Occurrence(OccurrenceKind.Status, 0));
        if (_liars is null) return;
        After(ScheduleTimes.MischiefMs, new Occurrence(OccurrenceKind.Mischief, 0));
        Send(_liars.Begin(Bench.Genesis));
    }

    private void Step()
    {
        if (++Facts.Events > MaxEvents) throw new ScheduleFailureException("bound", $"{MaxEvents} events did not bring the run to an end.");
        if (!_queue.TryDequeue(out var next, out var when)) throw new ScheduleFailureException("progress", "nothing is left to happen.");
        NowMs = when.At;
        _progress.OnTime(NowMs);
        _hash = Fingerprint.Mix(_hash, ((ulong)next.Kind << 56) ^ ((ulong)next.Host << 40) ^ NowMs);
        Happen(next);
    }

    private void Happen(Occurrence next)
    {
        switch (next.Kind)
        {
            case OccurrenceKind.Status:
                ExchangeStatus();
                return;
            case OccurrenceKind.Overheard:
                Send(_liars!.Hear(((Known)next.Subject!).Bytes));
                return;
            case OccurrenceKind.Mischief:
                Send(_liars!.Act());
                After(ScheduleTimes.MischiefMs, next);
                return;
            case OccurrenceKind.Arrival:
                var message = (Known)next.Subject!;
                _hash = Fingerprint.Mix(_hash, message.Fingerprint);
                Note(() => $"host {next.Host} gets {Words.Of(message)} from {(next.From < 0 ? "a liar" : next.From)}");
                _flood?.OnSent(message);
                Hosts[next.Host]!.Receive(next.From, message);
                return;
            case OccurrenceKind.Start:
                Hosts[next.Host]!.Start();
                return;
            case OccurrenceKind.Crash:
                Hosts[next.Host]!.Crash(losesLog: true);
                return;
            case OccurrenceKind.Blocks:
                Hosts[next.Host]!.OnBlocks((List<(Block, CommitCertificate)>)next.Subject!);
                return;
            default:
                if (Hosts[next.Host] is { } host && host.Life == next.Life) HappenIn(host, next);
                return;
        }
    }

    private static void HappenIn(Host host, Occurrence next)
    {
        switch (next.Kind)
        {
            case OccurrenceKind.Timer: host.OnTimer(next.Timer, (ulong)next.Subject!); break;
            case OccurrenceKind.Built: host.OnBuilt((BuildBlock)next.Subject!); break;
            case OccurrenceKind.Executed: host.OnExecuted((Block)next.Subject!); break;
            case OccurrenceKind.Applied: host.OnApplied(); break;
            default: throw new InvalidOperationException($"Nobody knows what to do with {next.Kind}.");
        }
    }

    private void Send(IReadOnlyList<Letter> letters)
    {
        Known? message = null;
        foreach (var letter in letters)
        {
            // One message mostly goes to several.
            Facts.Lies++;
            if (message is null || !message.Bytes.Equals(letter.Message)) message = Bench.Read(letter.Message);
            foreach (var to in Hosts)
                if (to is not null && to.Seat == letter.To && (!Schedule.BindsLiars || Passes(message, letter.From, to.Index)))
                    After(letter.DelayMs + Delay(), new Occurrence(OccurrenceKind.Arrival, to.Index, From: -1, Subject: message));
        }
    }

    private void Transmit(Occurrence occurrence)
    {
        if (!IsCalm && _dice.Percent(Schedule.Network.LossPercent)) return;
        After(Delay(), occurrence);
        if (!IsCalm && _dice.Percent(Schedule.Network.DuplicatePercent)) After(Delay() * 4, occurrence);
    }

    private ulong Delay() => (ulong)_dice.Between(1, Schedule.Network.MaxDelayMs);

    private bool Passes(Known message, int from, int to)
    {
        if (IsCalm || message.Vote is not { } vote) return true;
        if (Lets?.Invoke(message, from, to) == false) return false;
        return !Schedule.Network.Separates(vote.Round, from, to) && !_dice.Percent(Schedule.Network.LossOf(vote.Round, vote.Type, to));
    }

    private bool IsCut(Host from, Host to) => !IsCalm && (Lets?.Invoke(null, from.Index, to.Index) == false || Schedule.Network.IsCut(from.Index, to.Index) || Schedule.Network.Separates(to.Round.Value, from.Index, to.Index));

    private void ExchangeStatus()
    {
        foreach (var from in Hosts)
            foreach (var to in Hosts)
                if (from is not null && to is not null && from != to)
                    SendBlocks(from, to);
        After(ScheduleTimes.StatusMs, new Occurrence(OccurrenceKind.Status, 0));
    }
}
