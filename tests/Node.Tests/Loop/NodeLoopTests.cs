using LicenceChain.Node.Mempool;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Tests.Loop;

public sealed class NodeLoopTests : IAsyncLifetime
{
    private readonly TestNetwork _files = TestNetwork.Create();

    [Fact]
    public async Task Four_loops_in_one_thread_commit_and_agree()
    {
        using var network = new SimulatedNetwork(_files);
        var submissions = Enumerable.Range(0, 20).Select(i => network.Submit(i % 4, _files.Transaction(i % 4, validUntil: 100))).ToList();

        network.Run(() => submissions.TrueForAll(s => s.Result.IsCompleted) && SameHead(network, 0, 1, 2, 3));

        foreach (var submission in submissions) Assert.Equal(Refusal.Ok, (await submission.Result).Receipt?.Code);
    }

    [Fact]
    public void The_same_events_give_the_same_chain()
    {
        var transactions = Enumerable.Range(0, 12).Select(i => _files.Transaction(i % 4, validUntil: 100)).ToList();

        Assert.Equal(HeadAfter(transactions), HeadAfter(transactions));
    }

    [Fact]
    public async Task A_transaction_that_expires_while_its_node_is_cut_off_is_told_as_dropped()
    {
        using var network = new SimulatedNetwork(_files);
        network.Run(() => Enumerable.Range(0, 4).All(i => network.Status(i).Peers == 3));
        network.Cut(0);
        var lonely = network.Submit(0, _files.Transaction(0, validUntil: 2));
        for (var i = 0; i < 3; i++)
        {
            var submission = network.Submit(1, _files.Transaction(1, validUntil: 100));
            network.Run(() => submission.Result.IsCompleted);
        }

        Assert.False(lonely.Result.IsCompleted);
        network.Heal(0);
        network.Run(() => lonely.Result.IsCompleted);

        Assert.Equal(TransactionCodes.Dropped, (await lonely.Result).Refusal?.Code);
    }

    [Fact]
    [Trait("Rule", "C-SYNC")]
    public void C_SYNC_a_node_that_was_cut_off_catches_up_and_votes_again()
    {
        using var network = new SimulatedNetwork(_files);
        network.Cut(3);
        Commit(network, 1, times: 4);

        network.Heal(3);
        network.Run(() => SameHead(network, 0, 1, 2, 3));
        network.Cut(0); // now nothing commits without it

        Commit(network, 1, times: 2);
        network.Run(() => SameHead(network, 1, 2, 3));
    }

    [Fact]
    [Trait("Rule", "C-SYNC")]
    public void C_SYNC_peers_that_owed_blocks_once_are_asked_again_though_nothing_commits_meanwhile()
    {
        using var network = new SimulatedNetwork(_files);
        network.Cut(3);
        Commit(network, 1, times: 4);
        network.Cut(0); // now nothing commits without 3, which is behind
        network.Loses = message => message.ContentCase == LinkMessage.ContentOneofCase.BlockResponse;
        network.Heal(3);
        network.RunEvents(3_000); // it has given up on both by now

        network.Loses = static _ => false;

        network.Run(() => SameHead(network, 1, 2, 3));
        Commit(network, 1, times: 1);
    }

    [Theory]
    [Trait("Rule", "C-RESTART")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Nodes_that_lose_their_links_and_restart_converge_and_lose_no_receipt(int seed)
    {
        var random = new Random(seed); // the seed is in the test's name
        using var network = new SimulatedNetwork(_files);
        var submissions = new List<(SignedTransaction Transaction, Submission Submission)>();
        int? away = null;
        for (var step = 0; step < 30; step++)
        {
            var node = random.Next(4);
            var transaction = _files.Transaction(node, validUntil: 900);
            submissions.Add((transaction, network.Submit(node, transaction)));
            if (random.Next(3) == 0)
            {
                if (away is { } back) network.Heal(back);
                away = random.Next(2) == 0 ? random.Next(4) : null;
                if (away is { } gone) network.Cut(gone);
            }

            if (random.Next(4) == 0) network.Restart(random.Next(4));
            network.RunEvents(random.Next(400));
        }

        if (away is { } last) network.Heal(last);
        var final = network.Submit(0, _files.Transaction(0, validUntil: 900));
        network.Run(() => final.Result.IsCompleted && SameHead(network, 0, 1, 2, 3));

        Assert.Equal(Refusal.Ok, (await final.Result).Receipt?.Code);
        foreach (var (transaction, submission) in submissions.Where(s => s.Submission.Result.IsCompleted))
            if (await submission.Result is { Receipt: not null } result)
                Assert.Contains(network.Block(3, result.Height!.Value.Value).Block.Transactions, t => t.Id == transaction.Id);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _files.DisposeAsync();

    private void Commit(SimulatedNetwork network, int node, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var submission = network.Submit(node, _files.Transaction(node, validUntil: 100));
            network.Run(() => submission.Result.IsCompleted);
            Assert.Equal(Refusal.Ok, submission.Result.Result.Receipt?.Code);
        }
    }

    private Hash256 HeadAfter(List<SignedTransaction> transactions)
    {
        using var network = new SimulatedNetwork(_files);
        foreach (var transaction in transactions)
        {
            var submission = network.Submit(0, transaction);
            network.Run(() => submission.Result.IsCompleted);
        }

        network.Run(() => SameHead(network, 0, 1, 2, 3));
        return network.Status(0).Head;
    }

    private static bool SameHead(SimulatedNetwork network, params int[] nodes) => nodes.All(n => network.Status(n).Head == network.Status(nodes[0]).Head);
}
