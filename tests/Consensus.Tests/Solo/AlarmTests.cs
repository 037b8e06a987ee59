using LicenceChain.Consensus.Inputs;
using LicenceChain.Consensus.Outputs;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Tests.Solo;

/// <summary>C-ALARM: a node that does not vote says why. C-SYNC: nobody votes while behind.</summary>
public sealed class AlarmTests
{
    [Fact]
    public void C_ALARM_roots_that_differ_raise_divergence_and_withhold_the_vote()
    {
        var solo = new SoloValidator(execute: _ => BlockVerdict.Diverged("transaction 2, key licences/7"));
        solo.Receive(solo.Forge.Proposal(solo.Block(), 0));
        Assert.Empty(solo.Sent);
        Assert.Contains(new RaiseAlarm(AlarmReason.Diverged, "transaction 2, key licences/7"), solo.Outputs);
    }

    [Fact]
    public void A_decided_block_that_diverges_here_halts_the_node_instead_of_being_applied()
    {
        var solo = new SoloValidator(execute: _ => BlockVerdict.Diverged("root"));
        var block = solo.Block();
        solo.Receive(solo.Forge.Proposal(block, 0));
        solo.Receive(Enumerable.Range(1, 3).Select(i => solo.Forge.Commit(i, 0, block)));
        Assert.Empty(solo.Outputs.OfType<Decide>());
        Assert.True(solo.Machine.IsHalted);
        solo.Forget();
        solo.Feed(new WorkAvailable(solo.Now));
        Assert.Empty(solo.Outputs);
    }

    [Fact]
    public void C_SYNC_who_is_behind_does_not_vote_and_asks_for_blocks()
    {
        var solo = new SoloValidator();
        var above = new Forge(solo.Set, new Height(5));
        solo.Receive(above.Commit(1, 0, solo.Block()));
        Assert.Null(solo.Machine.Abstains);
        solo.Receive(above.Commit(2, 0, solo.Block()));
        Assert.Equal(AlarmReason.Behind, solo.Machine.Abstains);
        Assert.Equal(new RequestSync(new Height(4)), solo.Outputs.OfType<RequestSync>().Last());
        solo.Receive(solo.Forge.Proposal(solo.Block(), 0));
        Assert.Empty(solo.Sent);
        solo.ResendTick();
        Assert.Contains(AlarmReason.Behind, solo.Alarms);
    }

    [Fact]
    public void One_liar_cannot_make_a_node_believe_that_it_is_behind()
    {
        var solo = new SoloValidator();
        solo.Receive(new Forge(solo.Set, new Height(1_000_000)).Commit(1, 0, solo.Block()));
        Assert.Null(solo.Machine.Abstains);
        Assert.Empty(solo.Outputs.OfType<RequestSync>());
    }

    [Fact]
    public void The_same_key_on_two_hosts_is_noticed_and_stops_voting()
    {
        // FISCO BCOS #3617: a vote in our name that we did not make.
        var solo = new SoloValidator();
        solo.Receive(solo.Forge.Prepare(0, 0, solo.Block(salt: 7)));
        Assert.Contains(AlarmReason.KeyInUseElsewhere, solo.Alarms);
        Assert.Equal(AlarmReason.KeyInUseElsewhere, solo.Machine.Abstains);
        solo.Receive(solo.Forge.Proposal(solo.Block(), 0));
        Assert.Empty(solo.Sent);
    }

    [Fact]
    public void The_same_key_on_two_hosts_at_the_next_height_is_noticed_too()
    {
        var solo = new SoloValidator();
        solo.Receive(new Forge(solo.Set, new Height(2)).Prepare(0, 0, solo.Block()));
        Assert.Equal(AlarmReason.KeyInUseElsewhere, solo.Machine.Abstains);
    }

    [Fact]
    public void An_own_vote_that_comes_back_is_no_alarm()
    {
        var solo = new SoloValidator();
        solo.PrepareInRound0();
        solo.TimeOut();
        solo.Receive(solo.Log.Select(r => r.Message.ToByteArray()).ToList());
        Assert.DoesNotContain(AlarmReason.KeyInUseElsewhere, solo.Alarms);
    }

    [Fact]
    public void C_ALARM_missing_peers_are_named_once_a_height_and_not_for_a_moments_absence()
    {
        var solo = new SoloValidator();
        solo.Feed(new WorkAvailable(solo.Now));
        solo.TimeOut();
        solo.ResendTick();
        solo.ResendTick();
        Assert.Empty(solo.Alarms);
        for (var i = 0; i < 5; i++) solo.ResendTick();
        Assert.Single(solo.Alarms, a => a == AlarmReason.PeersMissing);
    }

    [Fact]
    public void Every_reason_has_its_own_stable_code()
    {
        var codes = Enum.GetValues<AlarmReason>().Where(r => r != AlarmReason.Unspecified).Select(AlarmCodes.Of).ToList();
        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.Equal("diverged", AlarmCodes.Of(AlarmReason.Diverged));
        Assert.Throws<ArgumentOutOfRangeException>(() => AlarmCodes.Of(AlarmReason.Unspecified));
    }
}
