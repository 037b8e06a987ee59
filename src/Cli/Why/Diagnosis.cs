using LicenceChain.Contracts;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Standings;

namespace LicenceChain.Cli.Why;

/// <summary>Draws the conclusion from what the nodes said: who votes, what is in the way, what to do. A node's own words go before what others heard of it.</summary>
internal sealed class Diagnosis(ValidatorSet set, Names names, IReadOnlyList<NodeAnswer> answers)
{
    // Nodes speak every ten seconds; one more may be lost.
    private const ulong FreshMs = 25_000;

    // The loop puts up its standing each second; a flush on a slow disk may take a few.
    private const ulong HangsMs = 15_000;

    // A dead proposer costs one round. A third failed round in one height is no accident.
    private const uint FailingRound = 3;

    private const string PeersMissing = "peers-missing";
    private const string ClockSkew = "clock-skew";
    private const string ExpiryNear = "expiry-near";
    private const string CertificateMissing = "certificate-missing";

    private readonly List<Problem> _problems = [];
    private readonly List<Problem> _lonely = [];
    private readonly List<string> _upcoming = [];
    private readonly IReadOnlyDictionary<KeyId, long> _wrongClocks = ClockCheck.WrongClocks(answers);

    public WhyReport Conclude(string chain, IReadOnlyList<string> notes)
    {
        var seats = set.Validators.Select(SeatOf).ToList();
        AddMissingLinks();
        foreach (var (key, offsetMs) in _wrongClocks) _problems.Add(Remedies.WrongClock(names.Of(key), offsetMs));
        var voting = seats.Count(seat => seat.State is SeatState.Votes or SeatState.SaidToVote);
        var round = answers.Where(answer => answer.Own is { IsValidator: true }).Select(answer => answer.Own!.Round.Value).DefaultIfEmpty().Max();
        if (_problems.Count == 0) _problems.AddRange(_lonely); // whoever is missing explains it better than those who miss it
        if (voting >= set.Quorum && round >= FailingRound) _problems.Add(Remedies.RoundsFail(round));
        return new WhyReport
        {
            Chain = chain,
            Live = voting >= set.Quorum && round < FailingRound,
            Height = answers.SelectMany(Said).Select(said => said.Height.Value).DefaultIfEmpty().Max(),
            Voting = voting,
            Quorum = set.Quorum,
            Validators = seats,
            Observers = [.. answers.Where(answer => answer.Own is { } own && !set.TryIndexOf(own.Key, out _)).Select(ObserverOf)],
            Problems = _problems,
            Notes = [.. notes, .. _upcoming],
        };
    }

    private SeatReport SeatOf(Validator seat)
    {
        var name = names.Of(seat);
        var asked = answers.FirstOrDefault(answer => answer.Own?.Key == seat.Key.Id) ?? answers.FirstOrDefault(answer => answer.Asked.Member == seat.Member.Value);
        if (asked?.Own is { } own && own.Key == seat.Key.Id) return OfOwnWords(seat, name, asked, own);
        var (heard, ageMs) = LastHeard(seat.Key.Id);
        var isLinked = answers.Any(answer => answer.Own?.Linked.Contains(seat.Key.Id) == true);
        var speaks = asked?.Reach != Reach.NoAnswer && isLinked && heard is not null && ageMs < FreshMs;
        var state = !speaks ? SeatState.Silent : Abstains(heard!.Reason) ? SeatState.Abstains : SeatState.SaidToVote;
        if (state == SeatState.Silent) _problems.Add(Remedies.Silent(name, asked, heard, ageMs, isLinked));
        else Note(name, seat, heard!);
        return Describe(seat, name, state, asked?.Reach ?? Reach.Unspecified, heard, ageMs / 1000);
    }

    private SeatReport OfOwnWords(Validator seat, string name, NodeAnswer answer, NodeStanding own)
    {
        var ageMs = answer.Clock > own.Time ? answer.Clock.Milliseconds - own.Time.Milliseconds : 0;
        var hangs = ageMs > HangsMs;
        if (hangs) _problems.Add(Remedies.Hangs(name, ageMs / 1000));
        Note(name, seat, own);
        var isOffClock = IsFarOff(_wrongClocks.GetValueOrDefault(own.Key)); // its proposals and others' find no vote (C-FRESH)
        var abstains = isOffClock || (Abstains(own.Reason) && !IsExplained(own.Reason));
        var state = hangs ? SeatState.Silent : abstains ? SeatState.Abstains : SeatState.Votes;
        return Describe(seat, name, state, answer.Reach, own, 0);
    }

    private void Note(string name, Validator seat, NodeStanding said)
    {
        if (IsExplained(said.Reason.Length > 0 ? said.Reason : said.LastReason)) return;
        if (said.Reason == PeersMissing) _lonely.Add(Remedies.Alarm(name, seat, said));
        else if (said.Reason == ExpiryNear) _upcoming.Add($"{name}: {said.Detail} 即将到期"); // weeks to go: nothing is wrong yet
        else if (said.Reason.Length > 0) _problems.Add(Remedies.Alarm(name, seat, said));
        else if (ComesBack(said.LastReason)) _problems.Add(Remedies.PastAlarm(name, seat, said));
    }

    // The clock that is off is named by itself: whoever refused one of its proposals votes on, and has nothing to put right.
    private bool IsExplained(string reason) => reason == ClockSkew && _wrongClocks.Values.Any(IsFarOff);

    private static bool IsFarOff(long offsetMs) => Math.Abs(offsetMs) > ChainParameters.Default.DriftMs;

    // Two validators that both answer and have no link: the network between them is at fault, or a certificate. Who says that its own is missing explains it.
    private void AddMissingLinks()
    {
        var there = answers.Where(answer => answer.Own is { IsValidator: true, Reason: not CertificateMissing }).Select(answer => answer.Own!).ToList();
        for (var i = 0; i < there.Count; i++)
            for (var j = i + 1; j < there.Count; j++)
                if (!there[i].Linked.Contains(there[j].Key) && !there[j].Linked.Contains(there[i].Key))
                    _problems.Add(Remedies.NoLink(names.Of(there[i].Key), names.Of(there[j].Key)));
    }

    private (NodeStanding? Standing, ulong AgeMs) LastHeard(KeyId key) =>
        answers.SelectMany(answer => answer.Heard).Where(heard => heard.Standing.Key == key).OrderBy(heard => heard.AgeMs).FirstOrDefault();

    private SeatReport ObserverOf(NodeAnswer answer) => Describe(null, answer.Asked.Member ?? answer.Asked.Address.ToString(), SeatState.Abstains, answer.Reach, answer.Own, 0);

    private SeatReport Describe(Validator? seat, string name, SeatState state, Reach reach, NodeStanding? standing, ulong ageSeconds) => new()
    {
        Member = seat?.Member.Value ?? "",
        Name = name,
        Key = seat?.Key.Id.ToString() ?? standing!.Key.ToString(),
        State = state,
        Reach = reach,
        Height = standing?.Height.Value,
        Round = standing?.Round.Value ?? 0,
        Reason = standing?.Reason ?? "",
        Detail = standing?.Detail ?? "",
        Waits = standing is null ? "" : WaitWords.Of(standing, names),
        AgeSeconds = ageSeconds,
    };

    private static IEnumerable<NodeStanding> Said(NodeAnswer answer) =>
        answer.Own is { } own ? answer.Heard.Select(heard => heard.Standing).Append(own) : answer.Heard.Select(heard => heard.Standing);

    // What passed with its height and comes again with the next proposal of the same kind.
    private static bool ComesBack(string reason) => reason is ClockSkew or "invalid-proposal" or "conflicting-vote" or "diverged";

    // Who misses others, or whose key is due for renewal, still votes.
    private static bool Abstains(string reason) => reason is not ("" or PeersMissing or "key-expired" or "upgrade-due" or ExpiryNear or "expiry-due");
}
