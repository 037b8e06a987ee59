using LicenceChain.Node.Configuration;
using LicenceChain.Node.Snapshots;
using LicenceChain.Node.Snapshots.Joining;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Node.Vault;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;
using Microsoft.Extensions.Logging.Abstractions;

namespace LicenceChain.Node.Tests.Snapshots;

/// <summary>Four nodes over real sockets, and a fifth whose folder is empty.</summary>
public sealed class NodeJoinTests : IAsyncLifetime, IProgress<JoinProgress>
{
    private const int Fifth = 4;

    private readonly TestNetwork _network = TestNetwork.Create(validators: 4, observers: 1, parameters: p => p.ValidityWindow = SnapshotChain.Window);
    private SignedTransaction? _last;

    [Fact]
    public async Task A_joined_node_goes_on_with_the_others_and_refuses_what_was_committed_before_it_came()
    {
        await GrowAsync(15);
        var made = await SnapshotAsync(0);

        var report = await JoinAsync(Fifth);
        Assert.Equal(made.StateRoot, report.StateRoot);
        Assert.False(report.VoteLogLost);

        await _network.StartAsync(Fifth);
        var replayed = await _network.SubmitAsync(Fifth, _last!);
        Assert.Equal(TransactionCodes.Replayed, replayed.Refusal?.Code);
        await GrowAsync(3);
        await _network.ReachAsync(Fifth, _network[0].Queries.Status.Height.Value);
        Assert.Equal(_network[0].Queries.Status.StateRoot, _network[Fifth].Queries.Status.StateRoot);
        Assert.False(_network[Fifth].Queries.TryGetBlock(new(1), out _));
    }

    [Fact]
    public async Task A_starting_node_finds_the_snapshot_of_a_long_chain_by_itself()
    {
        await GrowAsync(15);
        await SnapshotAsync(0);
        _network.Configurations[Fifth] = _network.Configurations[Fifth] with { Snapshots = new SnapshotOptions { JoinAbove = 10 } };

        await _network.StartAsync(Fifth);

        await _network.ReachAsync(Fifth, _network[0].Queries.Status.Height.Value);
        Assert.False(_network[Fifth].Queries.TryGetBlock(new(1), out _));
    }

    [Fact]
    public async Task A_starting_node_whose_peers_take_its_next_link_certificate_only_finds_the_snapshot_by_that_one()
    {
        await GrowAsync(15);
        await SnapshotAsync(0);
        var configuration = _network.Configurations[Fifth] = _network.Configurations[Fifth] with { Snapshots = new SnapshotOptions { JoinAbove = 10 } };
        var folder = Path.GetDirectoryName(configuration.LinkCertificatePath)!;
        File.Move(configuration.LinkCertificatePath, Path.Combine(folder, NetworkPaths.NextLinkCertificate));
        File.Move(configuration.LinkKeyPath, Path.Combine(folder, NetworkPaths.NextLinkKey));
        LinkCertificateFile.Create(configuration.LinkCertificatePath, configuration.LinkKeyPath, "old", new UnixTime((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));

        await _network.StartAsync(Fifth);

        await _network.ReachAsync(Fifth, _network[0].Queries.Status.Height.Value);
        Assert.False(_network[Fifth].Queries.TryGetBlock(new(1), out _));
    }

    [Fact]
    [Trait("Rule", "C-RESTART")]
    public async Task A_validator_whose_folder_was_wiped_joins_and_does_not_vote()
    {
        await GrowAsync(12);
        await SnapshotAsync(0);
        await _network.StopAsync(3);
        Directory.Delete(_network.Configurations[3].DataDirectory, recursive: true);

        var report = await JoinAsync(3);
        await _network.StartAsync(3);
        await GrowAsync(2);
        await _network.ReachAsync(3, _network[0].Queries.Status.Height.Value);

        Assert.True(report.VoteLogLost);
        Assert.Equal("log-lost", _network[3].Queries.Status.Alarm);
    }

    [Fact]
    [Trait("Rule", "C-RESTART")]
    public async Task A_validator_whose_folder_was_wiped_does_not_vote_after_a_replay_either()
    {
        await GrowAsync(3);
        await _network.StopAsync(3);
        Directory.Delete(_network.Configurations[3].DataDirectory, recursive: true);

        await _network.StartAsync(3);
        await GrowAsync(2);
        await _network.ReachAsync(3, _network[0].Queries.Status.Height.Value);

        Assert.Equal("log-lost", _network[3].Queries.Status.Alarm);
    }

    [Fact]
    [Trait("Rule", "C-RESTART")]
    public async Task A_wiped_validator_that_meets_nobody_at_its_start_does_not_vote_once_it_has_caught_up()
    {
        await GrowAsync(3);
        for (var i = 0; i < 4; i++) await _network.StopAsync(i);
        Directory.Delete(_network.Configurations[3].DataDirectory, recursive: true);
        File.Delete(_network.Configurations[3].KeystorePath + ".voted"); // the keystore comes from a copy that was made before

        await _network.StartAsync(3);
        for (var i = 0; i < 3; i++) await _network.StartAsync(i);
        await GrowAsync(2);
        await _network.ReachAsync(3, _network[0].Queries.Status.Height.Value);

        Assert.Equal("log-lost", _network[3].Queries.Status.Alarm);
    }

    [Fact]
    [Trait("Rule", "C-RESTART")]
    public async Task A_validator_that_got_blocks_and_rows_from_a_copy_and_no_vote_log_does_not_vote()
    {
        await GrowAsync(3);
        await _network.StopAsync(3);
        File.Delete(_network.PathOf(3, "votes.wal"));
        File.Delete(_network.Configurations[3].KeystorePath + ".voted");

        await _network.StartAsync(3);
        await GrowAsync(2);
        await _network.ReachAsync(3, _network[0].Queries.Status.Height.Value);

        Assert.Equal("log-lost", _network[3].Queries.Status.Alarm);
    }

    [Fact]
    public async Task A_snapshot_is_carried_by_hand()
    {
        await GrowAsync(12);
        using var folder = new TemporaryFolder();
        var made = await NodeSnapshot.MakeAsync(_network.Configurations[0], folder.File("carried"), TimeProvider.System, CancellationToken.None);

        var report = await NodeJoin.RunAsync(_network.Configurations[Fifth], null, made.Folder, this, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);

        Assert.Equal(made.Height, report.Height);
        using (var vault = VaultStore.Open(_network.PathOf(Fifth, VaultService.StoreName))) Assert.Equal(made.Height.Next, vault.Agreements().Next); // below, there are no events to read
        await _network.StartAsync(Fifth);
    }

    // Whoever asked a node that then died waited for ever.
    [Fact]
    public async Task A_snapshot_asked_of_a_node_that_stops_before_it_answers_is_refused()
    {
        await GrowAsync(1);
        await _network.StopAsync(3);
        Task<SnapshotReport> asked;
        using (FolderLock.Take(_network.Configurations[3].DataDirectory)) asked = SnapshotAsync(3); // as long as a node has its folder, it runs

        var refusal = await Assert.ThrowsAsync<NodeFaultException>(() => asked.WaitAsync(TimeSpan.FromMinutes(1)));

        Assert.Contains("The node stopped before it had made the snapshot", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_holds_a_chain_is_left_alone()
    {
        await _network.StopAsync(3);

        var refusal = await Assert.ThrowsAsync<NodeFaultException>(() => JoinAsync(3));

        Assert.Contains("holds a chain already", refusal.Message, StringComparison.Ordinal);
    }

    public async Task InitializeAsync()
    {
        for (var i = 0; i < 4; i++) await _network.StartAsync(i);
    }

    public async Task DisposeAsync() => await _network.DisposeAsync();

    void IProgress<JoinProgress>.Report(JoinProgress value)
    {
    }

    private async Task GrowAsync(int blocks)
    {
        for (var i = 0; i < blocks; i++)
        {
            _last = _network.Transaction(0, _network[0].Queries.Status.Height.Value + SnapshotChain.Window);
            await _network.SubmitAsync(0, _last);
        }
    }

    private Task<SnapshotReport> SnapshotAsync(int node) => NodeSnapshot.MakeAsync(_network.Configurations[node], null, TimeProvider.System, CancellationToken.None);

    private Task<JoinReport> JoinAsync(int node) =>
        NodeJoin.RunAsync(_network.Configurations[node], null, null, this, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
}
