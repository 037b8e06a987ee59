using LicenceChain.Consensus.Inputs;
using LicenceChain.Consensus.Outputs;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Tests.Solo;

/// <summary>C-WAL and C-RESTART: no vote without its record, no vote against one's own, nothing forgotten.</summary>
public sealed class WriteAheadTests
{
    [Fact]
    public void C_WAL_every_vote_is_logged_before_it_is_sent()
    {
        var solo = new SoloValidator();
        solo.PrepareInRound0();
        solo.TimeOut();
        var logged = new List<byte[]>();
        foreach (var output in solo.Outputs)
        {
            if (output is AppendLog append) logged.Add(append.Record.Message.ToByteArray());
            if (output is Broadcast broadcast) Assert.Contains(logged, bytes => bytes.AsSpan().SequenceEqual(broadcast.Message.Span));
        }

        Assert.Equal(3, logged.Count);
    }

    [Fact]
    public void C_WAL_the_commit_is_logged_with_the_prepared_block_and_its_certificate()
    {
        var solo = new SoloValidator();
        var block = solo.PrepareInRound0();
        var record = solo.Log[^1];
        Assert.Equal(block.Bytes.ToArray(), record.PreparedBlock.ToByteArray());
        Assert.Equal(solo.Set.Quorum, record.PreparedCertificate.Count);
    }

    [Fact]
    public void A_validator_that_restarts_does_not_vote_against_itself()
    {
        // Its proposer shows it another block for the round in which it already prepared one.
        var before = new SoloValidator();
        before.Receive(before.Forge.Proposal(before.Block(salt: 1), 0));
        Assert.Single(before.Log);

        var after = new SoloValidator(log: before.Log);
        after.Forget();
        after.Receive(after.Forge.Proposal(after.Block(salt: 2), 0));
        Assert.Empty(after.Votes(VoteType.Prepare));
        Assert.Empty(after.Log);
        Assert.Contains(AlarmReason.ConflictingVote, after.Alarms);
    }

    [Fact]
    public void C_WAL_the_same_vote_after_a_restart_is_the_stored_bytes_not_a_new_signature()
    {
        var before = new SoloValidator();
        var block = before.Block();
        before.Receive(before.Forge.Proposal(block, 0));

        var after = new SoloValidator(log: before.Log);
        after.Forget();
        after.Receive(after.Forge.Proposal(block, 0));
        Assert.Empty(after.Log);
        Assert.Equal(before.Log[0].Message.ToByteArray(), Assert.Single(after.Outputs.OfType<Broadcast>()).Message.ToArray());
    }

    [Fact]
    public void C_RESTART_the_round_and_what_was_prepared_come_back_from_the_log()
    {
        var before = new SoloValidator();
        var block = before.PrepareInRound0();
        before.TimeOut();
        before.OthersReach(1);
        before.TimeOut();

        var after = new SoloValidator(log: before.Log);
        Assert.Equal(2u, after.Machine.Round.Value);
        after.OthersReach(2);
        after.TimeOut();
        var change = after.Sent.Last(m => m.RoundChange is not null).RoundChange;
        Assert.Equal(3u, change.Vote.Round);
        Assert.Equal(1u, change.Vote.PreparedRoundPlusOne);
        Assert.Equal(block.Bytes.ToArray(), change.Block.ToByteArray());
    }

    [Fact]
    public void C_RESTART_after_a_crash_between_prepare_and_commit_the_commit_is_still_made()
    {
        var before = new SoloValidator();
        var block = before.Block();
        before.Receive(before.Forge.Proposal(block, 0));

        var after = new SoloValidator(log: before.Log);
        after.Receive(after.Forge.Prepare(1, 0, block), after.Forge.Prepare(2, 0, block), after.Forge.Proposal(block, 0));
        Assert.Single(after.Votes(VoteType.Commit));
    }

    [Fact]
    public void C_RESTART_every_cut_of_the_log_is_a_sound_start()
    {
        var before = new SoloValidator();
        var block = before.PrepareInRound0();
        before.TimeOut();
        for (var kept = 0; kept <= before.Log.Count; kept++)
        {
            var after = new SoloValidator(log: before.Log.Take(kept).ToList());
            Assert.Null(after.Machine.Abstains);
            after.Receive(after.Forge.Commit(1, 0, block), after.Forge.Commit(2, 0, block), after.Forge.Commit(3, 0, block), after.Forge.Proposal(block, 0));
            Assert.Single(after.Outputs.OfType<Decide>());
        }
    }

    [Fact]
    public void C_RESTART_a_proposer_that_restarts_does_not_build_a_second_block_for_its_round()
    {
        var before = new SoloValidator(seat: 1);
        before.Feed(new WorkAvailable(before.Now));
        before.Feed(new BlockBuilt(before.Now, new Height(1), default, before.Block()));

        var after = new SoloValidator(seat: 1, log: before.Log);
        after.Feed(new WorkAvailable(after.Now));
        Assert.Empty(after.Outputs.OfType<BuildBlock>());
        Assert.Contains(after.Votes(VoteType.Proposal), v => v.Round == 0);
        Assert.Empty(after.Log);
    }

    [Fact]
    public void C_RESTART_without_its_log_a_validator_observes_and_says_so()
    {
        var solo = new SoloValidator(logLost: true);
        Assert.Contains(AlarmReason.LogLost, solo.Alarms);
        var block = solo.Block();
        solo.Receive(solo.Forge.Proposal(block, 0));
        solo.Receive(Enumerable.Range(1, 3).Select(i => solo.Forge.Prepare(i, 0, block)));
        solo.Receive(Enumerable.Range(1, 3).Select(i => solo.Forge.Commit(i, 0, block)));
        Assert.Empty(solo.Sent);
        Assert.Empty(solo.Log);
        Assert.Single(solo.Outputs.OfType<Decide>());

        // A governance record readmits it: from the height above on.
        solo.Feed(new VotingAllowed(solo.Now));
        Assert.Equal(AlarmReason.LogLost, solo.Machine.Abstains);
        solo.Feed(new HeightDecided(solo.Now, block.Header, solo.Set));
        Assert.Null(solo.Machine.Abstains);
    }

    [Fact]
    public void C_RESTART_a_log_that_is_not_ours_is_a_lost_log()
    {
        var other = new SoloValidator(seat: 2);
        other.PrepareInRound0();
        var solo = new SoloValidator(seat: 0, log: other.Log);
        Assert.Equal(AlarmReason.LogLost, solo.Machine.Abstains);

        var torn = new WalRecordMessage { Message = Google.Protobuf.ByteString.CopyFrom(1, 2, 3) };
        Assert.Equal(AlarmReason.LogLost, new SoloValidator(log: [torn]).Machine.Abstains);
    }

    [Fact]
    public void C_RESTART_a_log_ahead_of_the_stored_chain_keeps_the_node_from_voting_until_it_caught_up()
    {
        var ahead = new SoloValidator();
        var block = ahead.PrepareInRound0();
        ahead.Receive(ahead.Forge.Commit(1, 0, block), ahead.Forge.Commit(2, 0, block));
        var certificate = ahead.Outputs.OfType<Decide>().Single().Certificate;
        ahead.Feed(new HeightDecided(ahead.Now, block.Header, ahead.Set));
        var second = Cluster.TestBlocks.Above(block.Header, ahead.Set, default, ahead.Now.Plus(1), 5, certificate);
        ahead.Receive(new Forge(ahead.Set, new Height(2)).Proposal(second, 0));
        var log = ahead.Log.Where(r => Messages(r) == 2ul).ToList();
        Assert.Single(log);

        var back = new SoloValidator(log: log);
        Assert.Equal(AlarmReason.Behind, back.Machine.Abstains);
        Assert.Contains(new RequestSync(new Height(1)), back.Outputs);
        back.Receive(back.Forge.Proposal(back.Block(), 0));
        Assert.Empty(back.Sent);
        back.Feed(new HeightDecided(back.Now, block.Header, back.Set));
        Assert.Null(back.Machine.Abstains);
        back.ResendTick();
        Assert.Single(back.Votes(VoteType.Prepare), v => v.Height == 2);

        static ulong Messages(WalRecordMessage record) => Consensus.Messages.MessageVerifier.TryPeekHeight(record.Message.Memory, out var height) ? height.Value : 0;
    }

    [Fact]
    public void C_WAL_votes_are_sent_again_every_second_until_the_height_is_decided()
    {
        var solo = new SoloValidator();
        var block = solo.PrepareInRound0();
        var sent = solo.Outputs.OfType<Broadcast>().Select(b => b.Message.ToArray()).ToList();
        Assert.Contains(solo.Outputs.OfType<ArmTimer>(), t => t.Timer.Kind == ConsensusTimerKind.Resend && t.DelayMs == 1_000);
        solo.Forget();
        solo.ResendTick();
        Assert.Equal(sent, solo.Outputs.OfType<Broadcast>().Select(b => b.Message.ToArray()));
        Assert.Contains(solo.Outputs.OfType<ArmTimer>(), t => t.Timer.Kind == ConsensusTimerKind.Resend);

        // The Commit of a round that has passed may still complete a quorum.
        solo.TimeOut();
        solo.Forget();
        solo.ResendTick();
        Assert.Contains(solo.Votes(VoteType.Commit), v => v.Round == 0);
        solo.Receive(solo.Forge.Commit(1, 0, block), solo.Forge.Commit(2, 0, block));
        Assert.Contains(solo.Outputs.OfType<CancelTimer>(), t => t.Timer.Kind == ConsensusTimerKind.Resend);
    }
}
