using Xunit.Abstractions;

namespace LicenceChain.Simulation.Model;

/// <summary>The explicit-state check: every interleaving of three rounds, for each place that the Byzantine seat can have.</summary>
[Trait("Rule", "C-JUSTIFIED")]
public sealed class ModelTests(ModelTests.Searches searches, ITestOutputHelper output) : IClassFixture<ModelTests.Searches>
{
    private const int Rounds = 3;
    private const int Wanderings = 100;
    private const int Continuations = 4_000;
    private const int CalmEvery = 997;

    public static TheoryData<int> Seats => [0, 1, 2, 3];

    [Theory]
    [MemberData(nameof(Seats))]
    public void No_interleaving_of_three_rounds_forks_and_every_block_can_be_decided_in_every_round(int byzantine)
    {
        var (search, found) = searches.Of(byzantine);
        output.WriteLine($"{search.States.Count:N0} states, {search.Steps:N0} steps, depth {search.Depth}, {search.Locals.Runs:N0} runs of the state machine");
        Assert.True(found is null, found?.ToString());
        Assert.True(search.IsExhausted);
        var blocks = Enumerable.Range(0, search.Instance.BlockCount);
        var all = blocks.SelectMany(block => Enumerable.Range(search.Instance.RoundOfBlock(block), Rounds - search.Instance.RoundOfBlock(block)).Select(round => (round, block))).Order();
        Assert.Equal(all, search.Certified.Keys);
        Assert.Equal(all, search.Locals.Decisions.Keys);
    }

    [Theory]
    [MemberData(nameof(Seats))]
    public void Runs_without_the_reductions_stay_inside_what_was_explored(int byzantine)
    {
        var wanderer = new Wanderer(searches.Of(byzantine).Search);
        for (var seed = 1; seed <= Wanderings; seed++) wanderer.Run(seed);
        for (var seed = 1; seed <= Continuations; seed++) wanderer.GoOn(seed);
        output.WriteLine($"seeds 1..{Wanderings} and 1..{Continuations}: {wanderer.Steps:N0} steps met {wanderer.Met:N0} of {wanderer.Found:N0} sets of sent votes");
    }

    [Theory]
    [Trait("Rule", "C-JUMP")]
    [MemberData(nameof(Seats))]
    public void From_every_state_the_correct_three_decide_once_the_faults_stop(int byzantine)
    {
        var search = searches.Of(byzantine).Search;
        var calm = new Calm(search.Instance);
        var most = 0;
        for (var i = 0; i < search.States.Count; i += CalmEvery)
        {
            var timeouts = calm.TimeoutsUntilDecision([search.NodeIn(i, 0), search.NodeIn(i, 1), search.NodeIn(i, 2)]);
            Assert.True(timeouts is not null, $"State {i} is a trap.");
            most = int.Max(most, timeouts.Value);
        }

        output.WriteLine($"every {CalmEvery}th state: at most {most} timeouts to a decision");
    }

    [Theory]
    [Trait("Rule", "C-RESTART")]
    [InlineData(0)]
    [InlineData(1)]
    public void A_restart_over_the_log_at_any_moment_changes_nothing(int byzantine)
    {
        var search = new Search(new Instance(2, byzantine), maxRestarts: 1);
        var found = search.Run();
        output.WriteLine($"{search.States.Count:N0} states");
        Assert.True(found is null, found?.ToString());
        Assert.True(search.IsExhausted);
    }

    [Fact]
    public void A_round_change_that_hides_what_was_prepared_is_found_as_a_fork()
    {
        var found = new Search(new Instance(2, byzantine: 1), flaw: Flaw.DropsClaim).Run();
        output.WriteLine(found?.ToString() ?? "nothing found");
        Assert.Equal("fork", found?.Violation.Rule);
    }

    [Fact]
    [Trait("Rule", "C-WAL")]
    public void A_restart_without_the_log_is_found_as_a_contradiction()
    {
        var found = new Search(new Instance(2, byzantine: 1), maxRestarts: 1, flaw: Flaw.LosesLog).Run();
        output.WriteLine(found?.ToString() ?? "nothing found");
        Assert.Equal("contradiction", found?.Violation.Rule);
    }

    /// <summary>Each exploration is made once.</summary>
    public sealed class Searches
    {
        private readonly Lazy<(Search Search, Counterexample? Found)>[] _all = [.. Enumerable.Range(0, Instance.Seats).Select(seat => new Lazy<(Search, Counterexample?)>(() =>
        {
            var search = new Search(new Instance(Rounds, seat));
            return (search, search.Run());
        }))];

        internal (Search Search, Counterexample? Found) Of(int byzantine) => _all[byzantine].Value;
    }
}
