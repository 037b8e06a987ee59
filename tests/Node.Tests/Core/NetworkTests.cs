using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Tests.Core;

public sealed class NetworkTests
{
    [Fact]
    public async Task Four_nodes_commit_what_one_of_them_was_given_and_agree_on_the_root()
    {
        await using var network = TestNetwork.Create();
        await network.StartAllAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => network.SubmitAsync(i % 4, network.Transaction(i % 3, validUntil: 100))));

        Assert.All(results, r => Assert.Equal(Refusal.Ok, r.Receipt?.Code));
        var height = results.Max(r => r.Height!.Value.Value);
        Assert.Single((await RootsAsync(network, height)).Distinct());
    }

    [Fact]
    public async Task A_restarted_network_has_the_same_head_and_remembers_what_it_committed()
    {
        await using var network = TestNetwork.Create();
        await network.StartAllAsync();
        var transaction = network.Transaction(0, validUntil: 100);
        var committed = await network.SubmitAsync(0, transaction);
        await RootsAsync(network, committed.Height!.Value.Value);
        var before = network[0].Queries.Status;
        for (var i = 0; i < 4; i++) await network.StopAsync(i);

        await network.StartAllAsync();

        Assert.True(network[0].Queries.Status.Height >= before.Height);
        Assert.True(network[0].Queries.TryGetBlock(before.Height, out var block));
        Assert.Equal(before.Head, block.Block.Header.Digest);
        Assert.Equal(TransactionCodes.Replayed, (await network.SubmitAsync(0, transaction)).Refusal?.Code);
        Assert.Equal(Refusal.Ok, (await network.SubmitAsync(1, network.Transaction(1, validUntil: 100))).Receipt?.Code);
    }

    [Fact]
    [Trait("Rule", "C-SYNC")]
    public async Task C_SYNC_a_node_that_was_away_catches_up_to_the_same_root()
    {
        await using var network = TestNetwork.Create();
        for (var i = 0; i < 3; i++) await network.StartAsync(i);
        var height = 0UL;
        for (var i = 0; i < 5; i++) height = (await network.SubmitAsync(0, network.Transaction(0, validUntil: 100))).Height!.Value.Value;

        await network.StartAsync(3);

        Assert.Single((await RootsAsync(network, height)).Distinct());
        Assert.Equal(Refusal.Ok, (await network.SubmitAsync(3, network.Transaction(3, validUntil: 100))).Receipt?.Code);
    }

    [Fact]
    [Trait("Rule", "C-SYNC")]
    public async Task C_SYNC_an_observer_follows_and_what_its_clients_submit_is_committed()
    {
        await using var network = TestNetwork.Create(observers: 1);
        await network.StartAllAsync();

        var result = await network.SubmitAsync(4, network.Transaction(4, validUntil: 100));

        Assert.Equal(Refusal.Ok, result.Receipt?.Code);
        Assert.False(network[4].Queries.Status.IsValidator);
        Assert.Single((await RootsAsync(network, result.Height!.Value.Value)).Distinct());
    }

    [Fact]
    public async Task Without_a_quorum_nothing_commits_and_nothing_is_lost()
    {
        await using var network = TestNetwork.Create(parameters: p => p.RoundTimeoutMs = 500);
        await network.StartAsync(0);
        await network.StartAsync(1);
        var waiting = network.SubmitAsync(0, network.Transaction(0, validUntil: 100));
        Assert.Null((await network.SubmitAsync(0, network.Transaction(0, validUntil: 100), wait: false)).Refusal);
        Assert.Equal(new Height(0), network[0].Queries.Status.Height);

        await network.StartAsync(2);

        Assert.Equal(Refusal.Ok, (await waiting).Receipt?.Code);
    }

    [Fact]
    [Trait("Rule", "C-RESTART")]
    public async Task C_RESTART_a_node_whose_vote_log_is_gone_follows_and_says_why_it_does_not_vote()
    {
        await using var network = TestNetwork.Create(parameters: p => p.RoundTimeoutMs = 500);
        foreach (var voter in (int[])[0, 1, 3]) await network.StartAsync(voter);
        await network.SubmitAsync(0, network.Transaction(0, validUntil: 100)); // three of four: it takes the vote of each
        await network.StopAsync(3);
        File.Delete(network.PathOf(3, "votes.wal"));

        await network.StartAsync(2);
        await network.StartAsync(3);

        Assert.Equal(Refusal.Ok, (await network.SubmitAsync(3, network.Transaction(3, validUntil: 100))).Receipt?.Code);
        Assert.Equal("log-lost", network[3].Queries.Status.Alarm);
    }

    [Fact]
    public async Task Who_waits_is_told_when_the_node_stops()
    {
        await using var network = TestNetwork.Create();
        var node = await network.StartAsync(0);
        Assert.Null((await network.SubmitAsync(0, network.Transaction(0, validUntil: 100), wait: false)).Refusal);
        var waiting = network.SubmitAsync(0, network.Transaction(0, validUntil: 100));

        await network.StopAsync(0);

        Assert.Equal(NodeCodes.Stopping, (await waiting).Refusal?.Code);
        Assert.Equal(NodeCodes.Stopping, (await node.Gate.SubmitAsync(network.Transaction(0, 100).Bytes, true, CancellationToken.None)).Refusal?.Code);
    }

    [Fact]
    public async Task A_proof_of_presence_and_absence_verifies_under_the_genesis_anchor()
    {
        await using var network = TestNetwork.Create();
        await network.StartAllAsync();
        await network.SubmitAsync(0, network.Transaction(0, validUntil: 100));
        var present = StateKeys.Member(network.Members[0].Code);
        var absent = StateKeys.Agreement("none");

        using var patience = new CancellationTokenSource(TestNetwork.Patience);
        var proof = await network[0].Queries.ProveAsync([present, absent], patience.Token);
        var facts = proof.Verify(network[1].Queries.GenesisAnchor);

        Assert.NotNull(facts);
        Assert.True(facts.TryGet(present, out var value) && value is not null);
        Assert.True(facts.TryGet(absent, out var none) && none is null);
    }

    [Fact]
    public async Task State_that_was_lost_is_built_again_from_the_blocks()
    {
        await using var network = TestNetwork.Create();
        await network.StartAllAsync();
        var result = await network.SubmitAsync(0, network.Transaction(0, validUntil: 100));
        await network.ReachAsync(0, result.Height!.Value.Value);
        await network.StopAsync(0);
        var status = network[1].Queries.Status;
        File.Delete(network.PathOf(0, "state.db"));

        await network.StartAsync(0);

        Assert.Equal(status.StateRoot, network[0].Queries.Status.StateRoot);
        Assert.True(network[0].Queries.TryGetTransaction(result.Transaction!.Value, out var height, out _));
        Assert.Equal(result.Height, height);
    }

    [Fact]
    public async Task A_row_that_somebody_changed_is_found_and_the_state_built_again()
    {
        await using var network = TestNetwork.Create();
        await network.StartAsync(0);
        var status = network[0].Queries.Status;
        await network.StopAsync(0);
        using (var database = SqliteSchema.OpenWriter(network.PathOf(0, "state.db"))) SqliteSchema.Run(database, "UPDATE state SET value = x'00' WHERE key = CAST('p/' AS BLOB)");

        await network.StartAsync(0);

        Assert.Equal(status.StateRoot, network[0].Queries.Status.StateRoot);
        Assert.True(File.Exists(network.PathOf(0, "state.db.damaged")));
    }

    [Fact]
    public async Task A_state_file_that_is_no_database_is_put_aside_and_built_again()
    {
        await using var network = TestNetwork.Create();
        await network.StartAsync(0);
        var status = network[0].Queries.Status;
        await network.StopAsync(0);
        File.WriteAllBytes(network.PathOf(0, "state.db"), [.. Enumerable.Repeat((byte)0x55, 8192)]);

        await network.StartAsync(0);

        Assert.Equal(status.StateRoot, network[0].Queries.Status.StateRoot);
    }

    [Fact]
    public async Task A_last_block_that_is_gone_though_the_state_has_it_does_not_keep_the_node_from_starting_where_it_stood()
    {
        await using var network = TestNetwork.Create();
        await network.StartAllAsync();
        await network.SubmitAsync(0, network.Transaction(0, validUntil: 100));
        await network.StopAsync(0);
        var height = network[1].Queries.Status.Height;
        var segment = Directory.GetFiles(network.PathOf(0, "blocks")).Single();
        using (var file = File.OpenWrite(segment)) file.SetLength(file.Length - 1);

        await network.StartAsync(0);

        Assert.Equal(height, network[0].Queries.Status.Height);
    }

    [Fact]
    public async Task A_folder_of_another_chain_is_not_used()
    {
        await using var network = TestNetwork.Create();
        await using var other = TestNetwork.Create();
        await network.StartAsync(0);
        await network.StopAsync(0);
        network.Configurations[0] = network.Configurations[0] with { GenesisPath = other.Configurations[0].GenesisPath };

        await Assert.ThrowsAsync<NodeFaultException>(() => network.StartAsync(0));
    }

    [Fact]
    public async Task A_second_node_is_kept_out_of_the_folder()
    {
        await using var network = TestNetwork.Create();
        await network.StartAsync(0);

        await Assert.ThrowsAsync<NodeFaultException>(
            () => NodeHost.StartAsync(network.Configurations[0] with { LinkPort = 0 }, TimeProvider.System, network.Logging, CancellationToken.None));
    }

    private static async Task<List<Hash256>> RootsAsync(TestNetwork network, ulong height)
    {
        var roots = new List<Hash256>();
        for (var i = 0; i < network.Members.Count; i++)
        {
            await network.ReachAsync(i, height);
            Assert.True(network[i].Queries.TryGetBlock(new Height(height), out var block));
            roots.Add(block.Block.Header.Fields.StateRoot);
        }

        return roots;
    }
}
