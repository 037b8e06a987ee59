using LicenceChain.Node.Mempool;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Tests.Loop;

/// <summary>What governance decides, as a node's loop carries it out: seats, keys, leave to vote.</summary>
public sealed class GovernanceTests
{
    private static readonly int[] Three = [0, 1, 2];

    [Fact]
    [Trait("Rule", "C-CHANGE")]
    public async Task C_CHANGE_an_observer_votes_from_the_height_after_the_block_that_gave_it_a_seat_and_not_before()
    {
        await using var files = TestNetwork.Create(validators: 4, observers: 1);
        using var network = new SimulatedNetwork(files);
        var height = Adopt(network, files, Three, Governance.SetTo(network.Validators, files.Members.Select(m => (m, m.Consensus))));
        Advance(network, files, heights: 6);

        Assert.True(network.Status(4).IsValidator);
        Assert.Equal(height + 1, network.VotedAt(4)[0]);
        Assert.Equal(5, Set(network).Count);
    }

    [Fact]
    [Trait("Rule", "C-CHANGE")]
    public async Task C_CHANGE_a_seat_that_was_taken_votes_no_more_and_the_rest_goes_on_without_it()
    {
        await using var files = TestNetwork.Create(validators: 5);
        using var network = new SimulatedNetwork(files);
        var height = Adopt(network, files, [0, 1, 2, 3], Governance.SetTo(network.Validators, files.Members.Skip(1).Select(m => (m, m.Consensus))));
        network.Cut(0);
        Advance(network, files, heights: 4, through: 1);

        Assert.DoesNotContain(network.VotedAt(0), at => at > height);
        Assert.Equal(4, Set(network, of: 1).Count);
    }

    [Fact]
    [Trait("Rule", "C-CHANGE")]
    public async Task C_CHANGE_a_node_that_was_away_while_the_set_changed_twice_catches_up_across_both_changes()
    {
        await using var files = TestNetwork.Create(validators: 5, observers: 1);
        using var network = new SimulatedNetwork(files);
        network.Cut(4);
        Adopt(network, files, [0, 1, 2, 3], Governance.SetTo(network.Validators, files.Members.Select(m => (m, m.Consensus))));
        Adopt(network, files, [0, 1, 2, 3, 5], Governance.SetTo(Set(network), files.Members.Skip(1).Select(m => (m, m.Consensus))));
        Advance(network, files, heights: 3);
        network.Heal(4);
        network.Run(() => network.Status(4).Height == network.Status(0).Height);

        Assert.Equal(network.Status(0).StateRoot, network.Status(4).StateRoot);
        Advance(network, files, heights: 2, through: 4);
    }

    [Fact]
    [Trait("Rule", "C-CHANGE")]
    public async Task C_CHANGE_a_replaced_key_votes_no_more_and_its_successor_votes_from_the_next_height_without_a_restart_and_after_one()
    {
        await using var files = TestNetwork.Create();
        using var network = new SimulatedNetwork(files);
        var rotated = files.Members[3];
        var put = new GovernanceChange { PutKey = TestNetwork.Key(rotated, rotated.Successor, "node-2", KeyRole.Consensus) };
        var height = Adopt(network, files, Three, put, Governance.SetTo(network.Validators, files.Members.Select(m => (m, m == rotated ? m.Successor : m.Consensus))));
        network.Cut(2); // from here on its votes are needed
        Advance(network, files, heights: 3);
        network.Restart(3);
        Advance(network, files, heights: 3);

        Assert.True(network.Status(3).IsValidator);
        Assert.Contains(network.VotedAt(3), at => at > height);
        Assert.True(network.Status(0).Height.Value >= height + 6);
    }

    [Fact]
    [Trait("Rule", "C-RESTART")]
    public async Task C_RESTART_a_key_whose_log_was_lost_votes_again_from_the_height_that_governance_named_and_not_before()
    {
        await using var files = TestNetwork.Create();
        using var network = new SimulatedNetwork(files);
        Advance(network, files, heights: 2);
        network.RestartWithoutVotes(3);
        var before = network.VotedAt(3).Count;
        Advance(network, files, heights: 2);
        var from = network.Status(0).Height.Value + 12;
        Adopt(network, files, Three, Allow(files, 3, from));
        Advance(network, files, heights: 4);
        network.Restart(3); // it remembers that it may, and that it may not yet
        Advance(network, files, heights: 12);

        Assert.Equal(from, network.VotedAt(3).Skip(before).First());
        Assert.Equal("", network.Status(3).Alarm);
        network.Restart(3);
        network.Cut(2);
        Advance(network, files, heights: 2);
    }

    [Fact]
    [Trait("Rule", "C-RESTART")]
    public async Task C_RESTART_leave_that_was_given_for_one_loss_does_not_serve_the_next()
    {
        await using var files = TestNetwork.Create();
        using var network = new SimulatedNetwork(files);
        Advance(network, files, heights: 1);
        network.RestartWithoutVotes(3);
        Advance(network, files, heights: 2);
        Adopt(network, files, Three, Allow(files, 3, from: 1));
        Advance(network, files, heights: 4);
        Assert.Equal(network.Status(3).Height.Value, network.VotedAt(3)[^1]);

        network.RestartWithoutVotes(3);
        var before = network.VotedAt(3).Count;
        Advance(network, files, heights: 6);
        network.Restart(3);
        Advance(network, files, heights: 3);

        Assert.Equal(before, network.VotedAt(3).Count);
        Assert.Equal("log-lost", network.Status(3).Alarm);
    }

    [Fact]
    public async Task Parameters_that_governance_changed_hold_without_a_restart()
    {
        await using var files = TestNetwork.Create();
        using var network = new SimulatedNetwork(files);
        var record = ParametersRecord.Parser.ParseFrom(State(network, StateKeys.Parameters).Span);
        record.HeartbeatMs = 500;
        var height = Adopt(network, files, Three, new GovernanceChange { SetParameters = record });
        var at = network.Now;
        network.Run(() => network.Status(0).Height.Value >= height + 4);

        Assert.InRange(network.Now.Milliseconds - at.Milliseconds, 1ul, 5_000ul);
    }

    private static ValidatorSet Set(SimulatedNetwork network, int of = 0) =>
        ValidatorSet.TryFrom(ValidatorSetMessage.Parser.ParseFrom(State(network, StateKeys.Validators, of).Span), out var set) ? set : throw new InvalidOperationException("No sound set.");

    private static ReadOnlyMemory<byte> State(SimulatedNetwork network, StateKey key, int of = 0) =>
        network.TryGetState(of, key, out var value) ? value : throw new InvalidOperationException("No such record.");

    private static GovernanceChange Allow(TestNetwork files, int member, ulong from) =>
        new() { AllowVoting = new AllowVoting { KeyId = Governance.IdOf(files.Members[member].Consensus), FromHeight = from } };

    /// <summary>One vote a block; the height of the block that adopted the changes.</summary>
    private static ulong Adopt(SimulatedNetwork network, TestNetwork files, IReadOnlyList<int> members, params IEnumerable<GovernanceChange> changes)
    {
        var last = 0ul;
        foreach (var vote in new Governance(files).Votes(network.Status(0).Height.Value, members, changes)) last = Commit(network, 0, vote);
        return last;
    }

    private static void Advance(SimulatedNetwork network, TestNetwork files, int heights, int through = 0)
    {
        for (var i = 0; i < heights; i++) Commit(network, through, files.Transaction(0, network.Status(through).Height.Value + 100));
        var head = network.Status(through).Height;
        network.Run(() => Enumerable.Range(0, files.Members.Count).All(i => network.IsCut(i) || network.Status(i).Height >= head));
    }

    private static ulong Commit(SimulatedNetwork network, int node, SignedTransaction transaction)
    {
        Submission submission = network.Submit(node, transaction);
        network.Run(() => submission.Result.IsCompleted);
        var result = submission.Result.Result;
        Assert.True(result.Receipt is { Applied: true }, $"{result.Refusal} {result.Receipt?.Code} {result.Receipt?.Detail}");
        return result.Height!.Value.Value;
    }
}
