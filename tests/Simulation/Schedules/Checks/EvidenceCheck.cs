using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules.Checks;

/// <summary>
/// The evidence rule names the culprit: when contradicting votes of a faulty key have both reached this host within a height's window (C-FLOOD: of each sender and type the two
/// latest rounds), it reports that key, in that moment and for that kind, once; and it reports nobody else, ever.
/// </summary>
internal sealed class EvidenceCheck(Bench bench, IReadOnlySet<int> suspects, int ownSeat)
{
    private readonly List<(int Seat, ContradictionKind Kind)> _expected = [];
    private readonly List<EvidenceMessage> _reported = [];
    private Height _height;
    private EvidenceWindow _now = new();
    private EvidenceWindow _next = new();

    /// <summary>The host starts: it holds what its log holds. What it was about to report when it crashed is found again when the votes are sent again.</summary>
    public void Begin(Height height, IReadOnlyList<WalRecordMessage> log)
    {
        _expected.Clear();
        _reported.Clear();
        (_height, _now, _next) = (height, new EvidenceWindow(), new EvidenceWindow());
        foreach (var record in log) OnOwn(bench.Read(record.Message.Memory));
    }

    /// <summary>A message is about to be taken in.</summary>
    public void OnMessage(Height height, Known message)
    {
        if (message.Height < height || message.Height.Value > height.Value + 1) return;
        var window = message.Height == height ? _now : _next;
        var content = message.Content!;
        Expect(window, message.Vote!);
        if (content.Proposal is { } proposal)
        {
            foreach (var one in proposal.RoundChanges) Expect(window, one);
            foreach (var one in proposal.Prepares) Expect(window, one);
        }

        if (content.RoundChange is { } change)
            foreach (var one in change.Prepares)
                Expect(window, one);
        if (suspects.Contains((int)message.Vote!.Validator)) window.Hold(message.Vote);
    }

    /// <summary>An own vote is held too.</summary>
    public void OnOwn(Known message)
    {
        if (suspects.Contains(ownSeat) && message.Height == _height) _now.Hold(message.Vote!);
    }

    public void OnReport(EvidenceMessage evidence) => _reported.Add(evidence);

    /// <summary>The host begins the height above <paramref name="head"/>: votes that came early for exactly the next height are kept.</summary>
    public void OnHead(Height height, Height head)
    {
        _now = head == height ? _next : new EvidenceWindow();
        _next = new EvidenceWindow();
        _height = head.Next;
    }

    /// <summary>Compares what had to be reported with what was.</summary>
    public void Settle(ScheduleRun run, int host)
    {
        if (_expected.Count == 0 && _reported.Count == 0) return;
        foreach (var evidence in _reported)
        {
            var kind = Proves(evidence);
            var seat = (int)evidence.First.Validator;
            if (!suspects.Contains(seat)) Fail(run, $"host {host} accuses validator {seat}, which is correct: {Words.Of(evidence.First)} and {Words.Of(evidence.Second)}.");
            if (kind is null || !_expected.Remove((seat, kind.Value))) Fail(run, $"host {host} reports what proves nothing new: {Words.Of(evidence.First)} and {Words.Of(evidence.Second)}.");
            run.Facts.Evidence++;
        }

        if (_expected.Count > 0) Fail(run, $"host {host} holds contradicting votes of validator {_expected[0].Seat} ({_expected[0].Kind}) and reports nothing.");
        _reported.Clear();
    }

    private void Expect(EvidenceWindow window, VoteMessage vote)
    {
        if (suspects.Contains((int)vote.Validator) && window.Find(vote) is { } kind) _expected.Add(((int)vote.Validator, kind));
    }

    private ContradictionKind? Proves(EvidenceMessage evidence) =>
        Contradictions.Between(evidence.First, evidence.Second) is { } kind && bench.IsSigned(evidence.First) && bench.IsSigned(evidence.Second) ? kind : null;

    private static void Fail(ScheduleRun run, string what)
    {
        if (run.Mutation?.IsBlindToEvidence != true) throw new ScheduleFailureException("evidence", what);
    }
}
