using Google.Protobuf;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Standings;
using LicenceChain.Node.Standings.Expiry;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Tests.Core;

/// <summary>Nodes that the chain lists, over real links: found without anybody's configuration, gone when they are struck, known by a new key.</summary>
public sealed class ListedNodeTests
{
    private const int MaxBlocks = 300;

    private static readonly int[] Four = [0, 1, 2, 3];

    [Fact]
    [Trait("Rule", "C-CHANGE")]
    public async Task C_CHANGE_a_node_that_no_configuration_names_is_linked_once_listed_votes_once_seated_and_is_closed_once_struck()
    {
        await using var network = TestNetwork.Create(validators: 5, strangers: 1, parameters: p => p.RoundTimeoutMs = 500);
        await network.StartAllAsync();
        await CommitAsync(network, network.Transaction(0, validUntil: 100));
        Assert.Equal(0, network[5].Queries.Status.Peers);

        await AdoptAsync(network, [0, 1, 2, 3], new Governance(network).Node(5));
        await network.ReachAsync(5, network[0].Queries.Status.Height.Value);
        Assert.False(network[5].Queries.Status.IsValidator);

        await AdoptAsync(network, [0, 1, 2, 3], Governance.SetTo(Set(network), network.Members.Select(m => (m, m.Consensus))));
        await network.StopAsync(4); // five of six go on, so the newcomer votes or nobody does
        await network.StopAsync(3);
        var height = await CommitAsync(network, network.Transaction(0, validUntil: 500));
        await network.ReachAsync(5, height);
        Assert.True(network[5].Queries.Status.IsValidator);

        await network.StartAsync(3);
        await network.StartAsync(4);
        await AdoptAsync(network, [0, 1, 2, 3, 4], Governance.SetTo(Set(network), network.Members.Take(5).Select(m => (m, m.Consensus))));
        var struck = await AdoptAsync(network, Four, new GovernanceChange { RemoveNode = new RemoveNode { KeyId = Governance.IdOf(network.Members[5].Consensus) } });
        await network.ReachAsync(5, struck - 1);
        await UntilAsync(network, 5, peers: 0);
    }

    [Fact]
    public async Task A_node_whose_key_was_replaced_links_under_the_new_key_and_votes_with_it_without_a_restart_and_after_one()
    {
        await using var network = TestNetwork.Create(parameters: p => p.RoundTimeoutMs = 500);
        await network.StartAllAsync();
        var rotated = network.Members[3];
        var put = new GovernanceChange { PutKey = TestNetwork.Key(rotated, rotated.Successor, "node-2", KeyRole.Consensus) };
        var set = Governance.SetTo(Set(network), network.Members.Select(m => (m, m == rotated ? m.Successor : m.Consensus)));
        await AdoptAsync(network, [0, 1, 2], put, set, new Governance(network).Node(3, rotated.Successor));

        await network.StopAsync(2); // the rotated one is needed from here on
        await FollowsAsync(network, node: 3);
        Assert.Equal(rotated.Successor.PublicKey.Id, network[3].Key);
        await network.StopAsync(3);
        await network.StartAsync(3);
        await FollowsAsync(network, node: 3);
        Assert.Equal("", network[3].Queries.Status.Alarm);
    }

    [Fact]
    public async Task A_node_that_was_away_while_its_key_was_replaced_comes_back_and_votes_with_the_new_one()
    {
        await using var network = TestNetwork.Create(parameters: p => p.RoundTimeoutMs = 500);
        await network.StartAllAsync();
        var rotated = network.Members[3];
        await CommitAsync(network, network.Transaction(0, validUntil: 100));
        await network.StopAsync(3);
        var put = new GovernanceChange { PutKey = TestNetwork.Key(rotated, rotated.Successor, "node-2", KeyRole.Consensus) };
        var set = Governance.SetTo(Set(network), network.Members.Select(m => (m, m == rotated ? m.Successor : m.Consensus)));
        await AdoptAsync(network, [0, 1, 2], put, set, new Governance(network).Node(3, rotated.Successor));

        await network.StartAsync(3); // its peers know it by a key that it does not know of yet
        await network.ReachAsync(3, network[0].Queries.Status.Height.Value);
        await network.StopAsync(2);
        await FollowsAsync(network, node: 3);
        Assert.True(network[3].Queries.Status.IsValidator);
    }

    [Fact]
    public async Task A_listed_link_certificate_replaces_the_one_that_configurations_pin_and_is_taken_once_the_node_shows_it()
    {
        await using var network = TestNetwork.Create(parameters: p => p.RoundTimeoutMs = 500);
        await network.StartAllAsync();
        var configuration = network.Configurations[3];
        var place = ListedUnderNext(network, node: 3, DateTimeOffset.UtcNow);
        var (next, nextKey) = (configuration.LinkCertificatePath + ".elsewhere", configuration.LinkKeyPath + ".elsewhere");
        File.Move(NextOf(configuration.LinkCertificatePath, NetworkPaths.NextLinkCertificate), next);
        File.Move(NextOf(configuration.LinkKeyPath, NetworkPaths.NextLinkKey), nextKey);

        await AdoptAsync(network, [0, 1, 2], place);
        await UntilAsync(network, 0, peers: 2); // the old one is no peer's any more
        await UntilAsync(network, () => network[3].Queries.Why.Own.Standing.Reason == StandingCodes.CertificateMissing);
        await network.StopAsync(3);
        File.Move(next, configuration.LinkCertificatePath, overwrite: true);
        File.Move(nextKey, configuration.LinkKeyPath, overwrite: true);
        await network.StartAsync(3);

        await network.StopAsync(2); // three of four go on, so the node of the new certificate votes or nobody does
        await FollowsAsync(network, node: 3);
        await UntilAsync(network, 3, peers: 2);
    }

    [Fact]
    public async Task A_next_link_certificate_that_lies_beside_the_present_one_is_shown_from_the_block_that_lists_it_without_a_restart()
    {
        await using var network = TestNetwork.Create(parameters: p => p.RoundTimeoutMs = 500);
        await network.StartAllAsync();
        await AdoptAsync(network, [0, 1, 2], ListedUnderNext(network, node: 3, DateTimeOffset.UtcNow));

        await network.StopAsync(2); // three of four go on, so the node of the new certificate votes or nobody does
        await FollowsAsync(network, node: 3);
        await UntilAsync(network, 3, peers: 2);
    }

    [Fact]
    public async Task A_node_that_was_away_while_its_link_certificate_was_replaced_comes_back_with_both_and_is_let_in()
    {
        await using var network = TestNetwork.Create(parameters: p => p.RoundTimeoutMs = 500);
        await network.StartAllAsync();
        await CommitAsync(network, network.Transaction(0, validUntil: 100));
        await network.StopAsync(3);
        await AdoptAsync(network, [0, 1, 2], ListedUnderNext(network, node: 3, DateTimeOffset.UtcNow));

        await network.StartAsync(3); // it does not know yet which one the chain lists
        await network.ReachAsync(3, network[0].Queries.Status.Height.Value);
        await network.StopAsync(2);
        await FollowsAsync(network, node: 3);
    }

    [Fact]
    public async Task A_node_that_lost_its_listed_link_certificate_comes_back_under_another_that_is_listed_while_it_has_no_links()
    {
        await using var network = TestNetwork.Create(parameters: p => p.RoundTimeoutMs = 500);
        await network.StartAllAsync();
        var lost = ListedUnderNext(network, node: 3, DateTimeOffset.UtcNow);
        foreach (var name in (string[])[NetworkPaths.NextLinkCertificate, NetworkPaths.NextLinkKey]) File.Delete(NextOf(network.Configurations[3].LinkCertificatePath, name));
        await AdoptAsync(network, [0, 1, 2], lost);
        await UntilAsync(network, () => network[3].Queries.Why.Own.Standing.Reason == StandingCodes.CertificateMissing);

        await AdoptAsync(network, [0, 1, 2], ListedUnderNext(network, node: 3, DateTimeOffset.UtcNow));
        await FollowsAsync(network, node: 3);
        await UntilAsync(network, () => network[3].Queries.Why.Own.Standing.Reason.Length == 0);
    }

    [Fact]
    public async Task An_expired_link_certificate_links_still_since_its_fingerprint_is_what_counts_and_the_node_says_that_it_expired()
    {
        await using var network = TestNetwork.Create(parameters: p => p.RoundTimeoutMs = 500);
        await network.StartAllAsync();
        await AdoptAsync(network, [0, 1, 2], ListedUnderNext(network, node: 3, DateTimeOffset.UtcNow.AddYears(-NetworkPlan.KeyYears - 1)));

        await network.StopAsync(2);
        await FollowsAsync(network, node: 3);
        await network.StopAsync(3);
        await network.StartAsync(3);
        await FollowsAsync(network, node: 3);
        Assert.Contains(network[3].Queries.Why.Expiring, one => one.Kind == ExpiryKind.LinkCertificate && one.DaysLeft(new UnixTime((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds())) == 0);
    }

    [Fact]
    [Trait("Rule", "C-RESTART")]
    public async Task C_RESTART_an_emptied_data_directory_is_a_lost_vote_log_when_the_key_has_voted()
    {
        await using var network = TestNetwork.Create(parameters: p => p.RoundTimeoutMs = 500);
        await network.StartAllAsync();
        await CommitAsync(network, network.Transaction(0, validUntil: 100));
        await network.ReachAsync(3, 1);
        await network.StopAsync(3);
        Directory.Delete(network.Configurations[3].DataDirectory, recursive: true);

        await network.StartAsync(3);
        await network.ReachAsync(3, await CommitAsync(network, network.Transaction(1, validUntil: 100)));

        Assert.Equal("log-lost", network[3].Queries.Status.Alarm);
    }

    // Makes the next certificate beside the present one; the change that lists the node under it.
    private static GovernanceChange ListedUnderNext(TestNetwork network, int node, DateTimeOffset from)
    {
        var configuration = network.Configurations[node];
        var pin = LinkCertificateFile.Create(
            NextOf(configuration.LinkCertificatePath, NetworkPaths.NextLinkCertificate), NextOf(configuration.LinkKeyPath, NetworkPaths.NextLinkKey), "next", new UnixTime((ulong)from.ToUnixTimeMilliseconds()));
        var place = new Governance(network).Node(node);
        place.PutNode.CertificateSha256 = ByteString.CopyFrom(pin.Value.Span);
        return place;
    }

    private static string NextOf(string present, string name) => Path.Combine(Path.GetDirectoryName(present)!, name);

    private static ValidatorSet Set(TestNetwork network) =>
        network[0].Queries.TryGetState(StateKeys.Validators, out var value) && ValidatorSet.TryFrom(ValidatorSetMessage.Parser.ParseFrom(value.Span), out var set)
            ? set
            : throw new InvalidOperationException("No sound set.");

    private static async Task<ulong> AdoptAsync(TestNetwork network, IReadOnlyList<int> members, params IReadOnlyList<GovernanceChange> changes)
    {
        var last = 0ul;
        foreach (var vote in new Governance(network).Votes(network[0].Queries.Status.Height.Value, members, changes)) last = await CommitAsync(network, vote);
        return last;
    }

    // Another block is committed, and this node has it.
    private static async Task FollowsAsync(TestNetwork network, int node) => await network.ReachAsync(node, await CommitAsync(network, network.Transaction(0, validUntil: 900)));

    private static async Task<ulong> CommitAsync(TestNetwork network, SignedTransaction transaction)
    {
        var result = await network.SubmitAsync(0, transaction);
        Assert.True(result.Receipt is { Applied: true }, $"{result.Refusal} {result.Receipt?.Code} {result.Receipt?.Detail}");
        return result.Height!.Value.Value;
    }

    // A closed link is noticed with the next block at the latest.
    private static Task UntilAsync(TestNetwork network, int node, int peers) => UntilAsync(network, () => network[node].Queries.Status.Peers == peers);

    private static async Task UntilAsync(TestNetwork network, Func<bool> holds)
    {
        for (var i = 0; i < MaxBlocks && !holds(); i++) await CommitAsync(network, network.Transaction(0, validUntil: 900));
        Assert.True(holds());
    }
}
