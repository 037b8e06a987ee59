using Xunit.Abstractions;

namespace LicenceChain.EndToEnd.Faults;

/// <summary>Each fault on a network of seven, under load.</summary>
public sealed class FaultTests(FaultNetworkFixture fixture, ITestOutputHelper output) : SurvivalTests(fixture, output), IClassFixture<FaultNetworkFixture>
{
    [Fact]
    public Task A_proposer_that_is_killed_costs_a_round_and_nothing_that_was_acknowledged() => SurvivesAsync(s => s.DeadProposerAsync());

    [Fact]
    public Task With_f_killed_the_others_go_on() => SurvivesAsync(s => s.KillFAsync());

    [Fact]
    public Task With_all_killed_at_once_they_go_on_where_they_were() => SurvivesAsync(s => s.KillAllAsync());

    [Fact]
    public Task With_f_paused_the_others_go_on() => SurvivesAsync(s => s.PauseAsync(Cluster.FaultBound));

    [Fact]
    public Task With_more_than_f_paused_nothing_commits_until_they_return() => SurvivesAsync(s => s.PauseAsync(Cluster.FaultBound + 1));

    [Fact]
    public Task A_minority_that_is_cut_off_commits_nothing_and_catches_up() => SurvivesAsync(s => s.MinorityCutOffAsync());

    [Fact]
    public Task Two_sides_without_a_quorum_commit_nothing_until_they_meet_again() => SurvivesAsync(s => s.NoQuorumAsync());

    [Fact]
    public Task Validators_that_nobody_hears_stop_nobody() => SurvivesAsync(s => s.MutedAsync());

    [Fact]
    public Task Validators_that_hear_nobody_stop_nobody() => SurvivesAsync(s => s.DeafenedAsync());

    [Fact]
    public Task Links_that_are_all_reset_at_once_come_back() => SurvivesAsync(s => s.ResetAsync());

    [Fact]
    public Task A_rolling_restart_of_all_loses_nothing() => SurvivesAsync(s => s.RollingRestartAsync());

    [Fact]
    public Task A_clock_that_jumps_ahead_an_hour_stops_one_vote_and_its_node_says_so() => SurvivesAsync(s => s.ClockJumpAsync(+1));

    [Fact]
    public Task A_clock_that_jumps_back_an_hour_stops_one_vote_and_its_node_says_so() => SurvivesAsync(s => s.ClockJumpAsync(-1));

    [Fact]
    public Task A_node_whose_disk_fills_up_stops_and_says_why_and_goes_on_when_there_is_room() => SurvivesAsync(s => s.FullDiskAsync());

    [Fact]
    public Task A_damaged_block_is_never_served_and_comes_back_from_the_peers() => SurvivesAsync(s => s.DamagedSegmentAsync());

    [Fact]
    public Task A_validator_that_lost_its_blocks_is_rebuilt_from_a_snapshot() => SurvivesAsync(s => s.RebuiltAsync());

    [Fact]
    public Task A_validator_is_added_and_removed_under_load() => SurvivesAsync(s => new GovernanceScenarios(Cluster, s, Stop).ComeAndGoAsync());

    [Fact]
    public Task A_validator_that_lost_its_whole_disk_watches_until_a_vote_lets_it_vote() => SurvivesAsync(s => new GovernanceScenarios(Cluster, s, Stop).LostEverythingAsync());

    [Fact]
    public Task Faults_at_random_lose_nothing() => SurvivesChaosAsync(seed: 1, TimeSpan.FromSeconds(30));
}
