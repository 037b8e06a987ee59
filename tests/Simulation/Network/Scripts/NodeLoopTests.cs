using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Simulation.Network.Scripts;

public sealed class NodeLoopTests
{
    private readonly ScriptedNetwork _script = new();

    [Fact]
    public async Task Four_loops_in_one_thread_commit_and_agree()
    {
        var submissions = Enumerable.Range(0, 20).Select(i => _script.Submit(i % 4)).ToList();

        _script.Run(() => submissions.TrueForAll(s => s.Result.IsCompleted));
        _script.Converge();

        foreach (var submission in submissions) Assert.Equal(Refusal.Ok, (await submission.Result).Receipt?.Code);
    }

    [Fact]
    public async Task A_transaction_that_expires_while_its_node_is_cut_off_is_told_as_dropped()
    {
        _script.Network.Part(0);
        var lonely = _script.Submit(0, validUntil: 2);
        for (var i = 0; i < 3; i++) _script.Commit(1);

        Assert.False(lonely.Result.IsCompleted);
        _script.Network.Rejoin(0);
        _script.Run(() => lonely.Result.IsCompleted);

        Assert.Equal(TransactionCodes.Dropped, (await lonely.Result).Refusal?.Code);
    }

    [Fact]
    [Trait("Rule", "C-SYNC")]
    public void C_SYNC_a_node_that_was_cut_off_catches_up_and_votes_again()
    {
        _script.Network.Part(3);
        for (var i = 0; i < 4; i++) _script.Commit(1);

        _script.Network.Rejoin(3);
        _script.Converge();
        _script.Network.Part(0); // now nothing commits without it

        for (var i = 0; i < 2; i++) Assert.Equal(Refusal.Ok, _script.Commit(1).Receipt?.Code);
        _script.Converge(1, 2, 3);
    }

    [Fact]
    [Trait("Rule", "C-SYNC")]
    public void C_SYNC_peers_that_owed_blocks_once_are_asked_again_though_nothing_commits_meanwhile()
    {
        _script.Network.Part(3);
        for (var i = 0; i < 4; i++) _script.Commit(1);
        _script.Network.Part(0); // now nothing commits without 3, which is behind
        _script.Network.Loses = message => message.ContentCase == LinkMessage.ContentOneofCase.BlockResponse;
        _script.Network.Rejoin(3);
        _script.Network.RunFor(60_000); // it has given up on both by now

        _script.Network.Loses = _ => false;

        _script.Converge(1, 2, 3);
        _script.Commit(1);
    }
}
