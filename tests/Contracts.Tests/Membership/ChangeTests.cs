using Google.Protobuf;
using LicenceChain.Contracts.Membership;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;
using static LicenceChain.Contracts.Tests.Support.GovernedChain;

namespace LicenceChain.Contracts.Tests.Membership;

/// <summary>The other changes: members, keys, nodes, leave to vote, parameters, upgrades.</summary>
public sealed class ChangeTests
{
    private readonly GovernedChain _governed = new(seats: 4);

    private TestChain Chain => _governed.Chain;

    [Fact]
    public void A_suspended_key_signs_no_transaction_from_that_very_block_on_and_an_active_one_again()
    {
        var auditor = new Actor(90, Officers[4].Member);
        _governed.MustAdopt(Key(auditor, KeyRole.Service));
        Assert.Equal(TransactionCodes.BadArguments, Call(auditor)); // it may sign
        _governed.MustAdopt(Key(auditor, StandingStatus.Suspended, KeyRole.Service));
        Assert.Equal(TransactionCodes.InactiveKey, Call(auditor));
        _governed.MustAdopt(Key(auditor, KeyRole.Service));
        Assert.Equal(TransactionCodes.BadArguments, Call(auditor));
    }

    [Fact]
    public void A_suspended_members_keys_sign_no_transaction()
    {
        var auditor = new Actor(90, Officers[4].Member);
        _governed.MustAdopt(Key(auditor, KeyRole.Service), Member(4, StandingStatus.Suspended));
        Assert.Equal(TransactionCodes.InactiveKey, Call(auditor));
    }

    [Fact]
    public void A_removed_key_stays_removed_and_no_key_changes_its_member_or_becomes_a_consensus_key()
    {
        var key = new Actor(91, Officers[4].Member);
        _governed.MustAdopt(Key(key, KeyRole.Issue));
        _governed.Refuses(MembershipCodes.BadKey, Key(new Actor(91, Officers[5].Member), KeyRole.Issue));
        _governed.Refuses(MembershipCodes.BadKey, Key(key, KeyRole.Consensus));
        _governed.Refuses(MembershipCodes.BadKey, Key(Spare[4], KeyRole.Issue));
        _governed.Refuses(MembershipCodes.BadKey, Key(new Actor(92, Officers[4].Member), StandingStatus.Suspended, KeyRole.Issue));
        _governed.Refuses(MembershipCodes.UnknownMember, Key(Cast.Stranger, KeyRole.Issue));
        _governed.MustAdopt(Key(key, StandingStatus.Removed, KeyRole.Issue));
        _governed.Refuses(MembershipCodes.BadKey, Key(key, KeyRole.Issue));
    }

    [Fact]
    public void A_member_keeps_its_region_and_begins_active()
    {
        var moved = Member(4, StandingStatus.Active);
        moved.PutMember.Region = Cast.Shanghai.Value;
        _governed.Refuses(MembershipCodes.BadMember, moved);
        var suspended = new GovernanceChange { PutMember = TestGenesis.Member(Cast.NoMember, Cast.Shanghai, MemberRole.Issuer) };
        suspended.PutMember.Status = StandingStatus.Suspended;
        _governed.Refuses(MembershipCodes.BadMember, suspended);
    }

    [Fact]
    public void Nodes_are_listed_by_key_changed_and_struck_but_not_while_they_have_a_seat()
    {
        var receipt = _governed.MustAdopt(Node(5), Node(4), Node(0));
        Assert.Equal(Node(5).PutNode, NodeRecord.Parser.ParseFrom(receipt.Events[0].Data));
        var moved = Node(5);
        moved.PutNode.Port = 9;
        _governed.MustAdopt(moved);
        var nodes = Chain.Find(StateKeys.Nodes, NodesRecord.Parser)!.Nodes;
        Assert.Equal(nodes.Select(n => Convert.ToHexString(n.KeyId.Span)).Order(StringComparer.Ordinal), nodes.Select(n => Convert.ToHexString(n.KeyId.Span)));
        Assert.Equal(9u, nodes.Single(n => n.KeyId == IdOf(Consensus[5])).Port);

        _governed.MustAdopt(Remove(5));
        Assert.Equal(2, Chain.Find(StateKeys.Nodes, NodesRecord.Parser)!.Nodes.Count);
        _governed.Refuses(MembershipCodes.UnknownNode, Remove(5));
        _governed.Refuses(MembershipCodes.HasSeat, Remove(0));
    }

    [Fact]
    public void The_node_of_a_key_that_is_suspended_is_struck_from_the_list()
    {
        _governed.MustAdopt(Node(5), Node(4));
        _governed.MustAdopt(Key(Consensus[5], StandingStatus.Suspended, KeyRole.Consensus));
        Assert.Equal(IdOf(Consensus[4]), Assert.Single(Chain.Find(StateKeys.Nodes, NodesRecord.Parser)!.Nodes).KeyId);
    }

    [Fact]
    public void Malformed_nodes_are_refused()
    {
        Refuses(MembershipCodes.NoConsensusKey, n => n.KeyId = IdOf(Officers[4]));
        Refuses(MembershipCodes.NoConsensusKey, n => n.KeyId = ByteString.Empty);
        Refuses(MembershipCodes.BadNode, n => n.Host = "");
        Refuses(MembershipCodes.BadNode, n => n.Host = "a b");
        Refuses(MembershipCodes.BadNode, n => n.Host = new string('a', NodeChanges.MaxHost + 1));
        Refuses(MembershipCodes.BadNode, n => n.Port = 0);
        Refuses(MembershipCodes.BadNode, n => n.Port = 65_536);
        Refuses(MembershipCodes.BadNode, n => n.CertificateSha256 = ByteString.CopyFrom(new byte[32]));
        _governed.MustAdopt(Node(5));
        Refuses(MembershipCodes.BadNode, n => n.CertificateSha256 = Node(5).PutNode.CertificateSha256);
    }

    [Fact]
    [Trait("Rule", "C-RESTART")]
    public void C_RESTART_a_key_may_vote_again_from_a_height_that_lies_at_least_two_above_the_record()
    {
        _governed.MustAdopt(Allow(Consensus[1], from: 1));
        var at = Chain.Height.Value;
        Assert.Equal(new VotingAllowedRecord { KeyId = IdOf(Consensus[1]), FromHeight = at + 2, Height = at }, Chain.Find(StateKeys.VotingAllowed(Consensus[1].Id), VotingAllowedRecord.Parser));
        _governed.MustAdopt(Allow(Consensus[1], from: at + 50));
        Assert.Equal(at + 50, Chain.Find(StateKeys.VotingAllowed(Consensus[1].Id), VotingAllowedRecord.Parser)!.FromHeight);
        _governed.Refuses(MembershipCodes.NoConsensusKey, Allow(Officers[1], 1));
        _governed.Refuses(MembershipCodes.BadExpiry, Allow(Consensus[1], ulong.MaxValue));
    }

    [Fact]
    public void Parameters_keep_their_bounds_and_the_window_only_grows()
    {
        _governed.MustAdopt(Parameters(p => p.HeartbeatMs = 500));
        Assert.Equal(500u, ChainParameters.Read(Chain.State).HeartbeatMs);
        _governed.Refuses(MembershipCodes.BadParameter, Parameters(p => p.HeartbeatMs = 0));
        _governed.Refuses(MembershipCodes.BadParameter, Parameters(p => p.ValidityWindow--));
        _governed.MustAdopt(Parameters(p => p.ValidityWindow++));
    }

    [Fact]
    public void An_upgrade_is_scheduled_once_far_enough_ahead_and_is_in_force_from_its_height_on()
    {
        var height = Chain.Height.Value;
        _governed.Refuses(MembershipCodes.BadUpgrade, Upgrade(2, height + UpgradeChanges.LeastLead - 1));
        _governed.Refuses(MembershipCodes.BadUpgrade, Upgrade(2, ulong.MaxValue));
        _governed.Refuses(MembershipCodes.BadUpgrade, Upgrade(1, height + 200));
        _governed.MustAdopt(Upgrade(2, height + 100));
        Assert.Equal((1u, 2u), (UpgradeSchedule.VersionAt(Chain.State, new Height(height + 99)), UpgradeSchedule.VersionAt(Chain.State, new Height(height + 100))));
        _governed.Refuses(MembershipCodes.UpgradePending, Upgrade(3, height + 200));

        while (Chain.Height.Value < height + 99) Chain.Commit();
        _governed.Refuses(MembershipCodes.BadUpgrade, Upgrade(2, Chain.Height.Value + 100));
        _governed.MustAdopt(Upgrade(3, Chain.Height.Value + 100));
        Assert.Equal(2u, UpgradeSchedule.VersionAt(Chain.State, Chain.Height));
    }

    [Fact]
    public void A_scheduled_upgrade_is_cancelled_before_its_height_and_not_after()
    {
        _governed.Refuses(MembershipCodes.BadUpgrade, Cancel(2));
        _governed.MustAdopt(Upgrade(2, Chain.Height.Value + 60));
        _governed.Refuses(MembershipCodes.BadUpgrade, Cancel(3));
        _governed.MustAdopt(Cancel(2));
        Assert.Equal(1u, UpgradeSchedule.VersionAt(Chain.State, new Height(1_000_000)));
        var activation = Chain.Height.Value + 60;
        _governed.MustAdopt(Upgrade(2, activation));
        while (Chain.Height.Value < activation - 2) Chain.Commit();
        _governed.Refuses(MembershipCodes.BadUpgrade, Cancel(2));
    }

    private void Refuses(string code, Action<NodeRecord> spoil)
    {
        var node = Node(4);
        spoil(node.PutNode);
        _governed.Refuses(code, node);
    }

    private string Call(Actor signer) => Chain.Commit(Chain.SignRaw(signer, "access", "checkpoint", [1])).Receipts[0].Code;

    private GovernanceChange Parameters(Action<ParametersRecord> change)
    {
        var record = ChainParameters.Read(Chain.State).ToRecord();
        change(record);
        return new GovernanceChange { SetParameters = record };
    }

    private static GovernanceChange Node(int bureau) => new()
    {
        PutNode = new NodeRecord { KeyId = IdOf(Consensus[bureau]), Host = "127.0.0.1", Port = 7_100, CertificateSha256 = Samples.Digest($"certificate {bureau}") },
    };

    private static GovernanceChange Remove(int bureau) => new() { RemoveNode = new RemoveNode { KeyId = IdOf(Consensus[bureau]) } };

    private static GovernanceChange Allow(Actor key, ulong from) => new() { AllowVoting = new AllowVoting { KeyId = IdOf(key), FromHeight = from } };

    private static GovernanceChange Upgrade(uint version, ulong height) => new() { ScheduleUpgrade = new ScheduleUpgrade { Version = version, ActivationHeight = height } };

    private static GovernanceChange Cancel(uint version) => new() { CancelUpgrade = new CancelUpgrade { Version = version } };

    private static GovernanceChange Member(int bureau, StandingStatus status)
    {
        var record = TestGenesis.Member(Consensus[bureau].Member, RegionCode.Parse($"{11 + bureau}0000"), MemberRole.Validator);
        record.Status = status;
        return new GovernanceChange { PutMember = record };
    }

    private static GovernanceChange Key(Actor actor, KeyRole role) => Key(actor, StandingStatus.Active, role);

    private static GovernanceChange Key(Actor actor, StandingStatus status, KeyRole role)
    {
        var record = TestGenesis.Key(actor, role);
        record.Status = status;
        return new GovernanceChange { PutKey = record };
    }
}
