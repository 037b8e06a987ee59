using LicenceChain.Cli.Why;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Standings;

namespace LicenceChain.Cli.Tests.Why;

/// <summary>C-ALARM: what <c>why</c> concludes from what nodes said, and from their silence.</summary>
[Trait("Rule", "C-ALARM")]
public sealed class DiagnosisTests
{
    private static readonly string[] Codes = ["11310000MB1LC00013", "11320000MB1LC00017", "11330000MB1LC0001B", "11340000MB1LC0001F"];
    private static readonly UnixTime Now = new(1_800_000_000_000);

    private readonly ValidatorSet _set = ValidatorSet.Of([.. Members().Select(member => new Validator(member, Sm2PrivateKey.Generate().PublicKey))]);

    [Fact]
    public void Four_that_vote_are_live_and_nothing_is_in_the_way()
    {
        var report = Conclude(Answer(0), Answer(1), Answer(2), Answer(3));

        Assert.True(report.Live);
        Assert.Equal((4, 3), (report.Voting, report.Quorum));
        Assert.Empty(report.Problems);
    }

    [Fact]
    public void One_that_does_not_run_is_named_with_its_start_and_the_chain_lives()
    {
        var report = Conclude(Answer(0), Answer(1), Answer(2), Silent(3, Reach.NotRunning));

        Assert.True(report.Live);
        var problem = Assert.Single(report.Problems);
        Assert.Equal(("not-running", Member(3)), (problem.Code, problem.Where));
        Assert.Contains("start-3", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_that_are_silent_stop_the_chain_and_who_misses_them_is_no_problem_of_its_own()
    {
        var report = Conclude(Answer(0, s => s with { Reason = "peers-missing" }), Answer(1, s => s with { Reason = "peers-missing" }), Silent(2, Reach.NotRunning), Silent(3, Reach.NoAnswer));

        Assert.False(report.Live);
        Assert.Equal(["not-running", "no-answer"], report.Problems.Select(problem => problem.Code));
    }

    [Fact]
    public void The_last_words_of_a_node_that_stopped_itself_say_more_than_its_silence()
    {
        var lastWords = Standing(3) with { Reason = "storage", Detail = "The disk is full." };
        var report = Conclude(Answer(0, heard: lastWords), Answer(1), Answer(2), Silent(3, Reach.NotRunning));

        var problem = Assert.Single(report.Problems);
        Assert.Equal("storage", problem.Code);
        Assert.Contains("The disk is full.", problem.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_whose_address_is_not_known_counts_by_what_its_peers_heard_lately()
    {
        var linked = new[] { Key(3) };
        var fresh = Conclude(Answer(0, s => s with { Linked = linked }, Standing(3), heardAgeMs: 9_000), Answer(1), Answer(2));
        var old = Conclude(Answer(0, s => s with { Linked = linked }, Standing(3), heardAgeMs: 60_000), Answer(1), Answer(2));

        Assert.Equal(SeatState.SaidToVote, fresh.Validators[3].State);
        Assert.Equal(SeatState.Silent, old.Validators[3].State);
        Assert.Equal("not-heard", Assert.Single(old.Problems).Code);
    }

    [Fact]
    public void Who_lacks_the_listed_link_certificate_explains_why_it_has_no_links()
    {
        KeyId[] others = [Key(0), Key(1), Key(2)];
        var report = Conclude(
            Answer(0, s => s with { Linked = others }), Answer(1, s => s with { Linked = others }), Answer(2, s => s with { Linked = others }), Answer(3, s => s with { Reason = "certificate-missing", Detail = "listed", Linked = [] }));

        Assert.True(report.Live);
        Assert.Equal(SeatState.Abstains, report.Validators[3].State);
        Assert.Equal(("certificate-missing", Member(3)), report.Problems.Select(problem => (problem.Code, problem.Where)).Single());
    }

    [Fact]
    public void Own_words_go_before_hearsay()
    {
        var report = Conclude(Answer(0, heard: Standing(3) with { Reason = "diverged" }), Answer(1), Answer(2), Answer(3));

        Assert.Equal(SeatState.Votes, report.Validators[3].State);
        Assert.Empty(report.Problems);
    }

    [Fact]
    public void A_lost_log_names_the_key_that_governance_must_allow()
    {
        var report = Conclude(Answer(0), Answer(1), Answer(2, s => s with { Reason = "log-lost" }), Answer(3));

        var problem = Assert.Single(report.Problems);
        Assert.Contains($"allow-voting --region … (key {Key(2)})", problem.Remedy, StringComparison.Ordinal);
        Assert.Equal(3, report.Voting);
    }

    [Fact]
    public void A_clock_an_hour_ahead_is_named_and_its_node_counts_for_nothing()
    {
        var report = Conclude(Answer(0), Answer(1), Answer(2), Answer(3) with { Clock = Now.Plus(3_600_000) });

        Assert.Contains(report.Problems, problem => problem.Code == "clock" && problem.Where == Member(3) && problem.What.Contains("3600.0 s ahead", StringComparison.Ordinal));
        Assert.Equal(3, report.Voting);
    }

    [Fact]
    public void Whoever_refused_the_proposals_of_a_clock_that_is_off_votes_and_is_not_named_beside_it()
    {
        var report = Conclude(
            Answer(0, s => s with { LastReason = "clock-skew", LastDetail = "Validator 3 proposes" }), Answer(1, s => s with { Reason = "clock-skew" }), Answer(2),
            Answer(3, s => s with { LastReason = "clock-skew", Time = Now.Plus(3_600_000) }) with { Clock = Now.Plus(3_600_000) });

        Assert.Equal(("clock", Member(3)), report.Problems.Select(problem => (problem.Code, problem.Where)).Single());
        Assert.Equal((3, true), (report.Voting, report.Live));
    }

    [Fact]
    public void A_proposal_refused_for_its_time_is_told_where_no_clock_that_answers_is_off()
    {
        var report = Conclude(Answer(0, s => s with { LastReason = "clock-skew" }), Answer(1), Answer(2), Answer(3));

        Assert.Equal(("clock-skew", Member(0)), report.Problems.Select(problem => (problem.Code, problem.Where)).Single());
    }

    [Fact]
    public void Two_that_run_without_a_link_are_named_as_a_pair()
    {
        var all = Enumerable.Range(0, 4).Select(Key).ToList();
        var report = Conclude(
            Answer(0, s => s with { Linked = [.. all.Where(key => key != Key(3))] }), Answer(1, s => s with { Linked = all }),
            Answer(2, s => s with { Linked = all }), Answer(3, s => s with { Linked = [Key(1), Key(2)] }));

        Assert.Equal(("no-link", $"{Member(0)} – {Member(3)}"), report.Problems.Select(problem => (problem.Code, problem.Where)).Single());
    }

    [Fact]
    public void A_loop_that_stands_while_its_api_answers_hangs()
    {
        var report = Conclude(Answer(0), Answer(1), Answer(2), Answer(3, s => s with { Time = new UnixTime(Now.Milliseconds - 20_000) }));

        Assert.Equal(("hangs", 3), (Assert.Single(report.Problems).Code, report.Voting));
    }

    [Fact]
    public void A_quorum_whose_rounds_fail_is_not_live()
    {
        var report = Conclude([.. Enumerable.Range(0, 4).Select(seat => Answer(seat, s => s with { Round = new Round(5), Wait = StandingWait.Prepares }))]);

        Assert.False(report.Live);
        Assert.Equal("rounds-fail", Assert.Single(report.Problems).Code);
    }

    [Fact]
    public void What_expires_in_weeks_is_a_note_and_in_days_a_problem_and_whoever_owns_it_votes()
    {
        var report = Conclude(Answer(0, s => s with { Reason = "expiry-near", Detail = "in 59 days" }), Answer(1, s => s with { Reason = "expiry-due", Detail = "in 5 days" }), Answer(2), Answer(3));

        Assert.Equal(4, report.Voting);
        Assert.Contains("in 59 days", Assert.Single(report.Notes), StringComparison.Ordinal);
        var problem = Assert.Single(report.Problems);
        Assert.Equal(("expiry-due", Member(1)), (problem.Code, problem.Where));
        Assert.Contains("renew-key", problem.Remedy, StringComparison.Ordinal);
    }

    private WhyReport Conclude(params NodeAnswer[] answers) => new Diagnosis(_set, new Names(_set, null), answers).Conclude("why-test", []);

    private NodeAnswer Answer(int seat, Func<NodeStanding, NodeStanding>? change = null, NodeStanding? heard = null, ulong heardAgeMs = 1_000) => new()
    {
        Asked = Asked(seat),
        Reach = Reach.Answered,
        Own = (change ?? (same => same))(Standing(seat)),
        Heard = heard is null ? [] : [(heard, heardAgeMs)],
        Clock = Now,
        AskedAt = Now,
    };

    private NodeAnswer Silent(int seat, Reach reach) => new() { Asked = Asked(seat), Reach = reach };

    private NodeToAsk Asked(int seat) => new(new Uri($"http://127.0.0.1:{7101 + seat}"), Member(seat), $"start-{seat}");

    private NodeStanding Standing(int seat) => new()
    {
        Chain = ChainId.Parse("why-test"),
        Key = Key(seat),
        Time = Now,
        Height = new Height(118),
        Head = default,
        HeadTime = Now,
        ValidatorsHash = _set.Hash,
        IsValidator = true,
        Wait = StandingWait.Work,
        Linked = [.. Enumerable.Range(0, 4).Where(other => other != seat).Select(Key)],
    };

    private KeyId Key(int seat) => _set.Validators[seat].Key.Id;

    private string Member(int seat) => _set.Validators[seat].Member.Value;

    private static IEnumerable<OrganisationCode> Members() => Codes.Select(OrganisationCode.Parse);
}
