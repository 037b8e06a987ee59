using LicenceChain.Simulation.Schedules.Adversaries;

namespace LicenceChain.Simulation.Schedules;

/// <summary>Each way to lie by itself, at every size: no fork, no stop, nobody accused wrongly and every culprit named.</summary>
public sealed class StrategyTests
{
    private const ulong Seeds = 800;

    [Fact]
    [Trait("Rule", "C-EVIDENCE")]
    public void Two_blocks_proposed_to_two_halves_do_not_fork_the_chain_and_name_their_proposer() => Named("equivocating-proposals");

    [Fact]
    [Trait("Rule", "C-EVIDENCE")]
    public void Prepares_and_commits_for_two_blocks_do_not_fork_the_chain_and_name_their_signer() => Named("equivocating-votes");

    [Fact]
    [Trait("Rule", "C-EVIDENCE")]
    public void A_validator_that_forgets_its_lock_and_its_log_is_named() => Named("amnesia");

    [Fact]
    [Trait("Rule", "C-JUSTIFIED")]
    public void Hidden_and_stale_prepared_certificates_do_not_unlock_anybody() => Held("hidden-certificates");

    [Fact]
    [Trait("Rule", "C-RC-VALID")]
    public void Forged_roundchanges_are_refused_and_stop_nobody() => Refused("forged-round-changes");

    [Fact]
    [Trait("Rule", "C-SIGNED")]
    public void Messages_that_are_sent_again_later_change_nothing() => Held("replays");

    [Fact]
    [Trait("Rule", "C-JUMP")]
    public void Huge_rounds_and_heights_drag_nobody() => Refused("huge-numbers");

    [Fact]
    [Trait("Rule", "C-SYNC")]
    public void Votes_for_blocks_that_are_withheld_stop_nobody() => Held("withheld-blocks");

    [Fact]
    [Trait("Rule", "C-HEADER")]
    public void A_block_with_wrong_roots_is_never_decided() => Held("wrong-roots");

    [Fact]
    [Trait("Rule", "C-QUORUM")]
    public void A_validator_that_talks_to_some_only_stops_nobody() => Held("selective-sending");

    [Fact]
    [Trait("Rule", "C-FLOOD")]
    public void A_flood_of_votes_is_held_within_its_bound() => Held("floods");

    [Fact]
    [Trait("Rule", "C-JUSTIFIED")]
    public void Votes_that_are_kept_back_and_shown_rounds_later_do_not_fork_the_chain() => Held("delayed-reveal");

    [Fact]
    [Trait("Rule", "C-SIGNED")]
    public void Votes_in_the_name_of_another_are_refused() => Refused("borrowed-indexes");

    [Fact]
    [Trait("Rule", "C-EVIDENCE")]
    public void Any_mixture_of_wellformed_lies_neither_forks_nor_stops_the_chain() => Named("random-lies");

    [Fact]
    [Trait("Rule", "C-QUORUM")]
    public void F_silent_validators_stop_nobody() => Held("silence");

    [Fact]
    [Trait("Rule", "C-EVIDENCE")]
    public void Two_copies_of_one_key_on_two_sides_of_a_partition_do_not_fork_the_chain_and_are_named() => Named(FaultySeat.Twins);

    [Fact]
    [Trait("Rule", "C-QUORUM")]
    public void A_validator_that_votes_for_everything_helps_no_lie_to_a_quorum() => Named(Accomplice.StrategyName);

    private static ScheduleFacts Held(string strategy)
    {
        var worker = new Worker(null, strategy);
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            var outcome = worker.Run(seed);
            Assert.True(outcome.Failure is null, $"{outcome.Failure} In {outcome.Schedule}.");
        }

        return worker.Facts;
    }

    private static void Named(string strategy) => Assert.True(Held(strategy).Evidence > 0, "Nobody was ever named.");

    private static void Refused(string strategy) => Assert.True(Held(strategy).Refused > 0, "Nothing was ever refused.");
}
