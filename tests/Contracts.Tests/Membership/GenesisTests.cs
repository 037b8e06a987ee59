using Google.Protobuf;
using LicenceChain.Contracts.Membership;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Contracts.Tests.Membership;

public sealed class GenesisTests
{
    [Fact]
    public void Sound_document_gives_the_whole_first_state_in_order()
    {
        var genesis = TestGenesis.Message();
        Assert.True(GenesisExecutor.TryApply(genesis, out var outcome, out _));
        Assert.Equal(Sm3.Hash(genesis.ToByteArray()), outcome.GenesisHash);
        Assert.Equal(4, outcome.Validators.Count);
        Assert.Equal(ChainParameters.Default, outcome.Parameters);
        Assert.Equal(genesis.Members.Count + genesis.Keys.Count + Cast.Governors.Count + 2, outcome.Writes.Count);
        Assert.Equal(outcome.Writes.Select(w => w.Key).Order(), outcome.Writes.Select(w => w.Key));
        var state = new MemoryState(outcome.Writes);
        Assert.Equal(ChainParameters.Default, ChainParameters.Read(state));
        Assert.True(state.TryGet(StateKeys.Key(Cast.Issuer.Id), out _));
    }

    [Fact]
    public void Same_document_gives_the_same_state_twice()
    {
        Assert.True(GenesisExecutor.TryApply(TestGenesis.Message(), out var first, out _));
        Assert.True(GenesisExecutor.TryApply(TestGenesis.Message(), out var second, out _));
        Assert.Equal(first.Writes.Select(w => (w.Key, Convert.ToHexString(w.Value!.Value.Span))), second.Writes.Select(w => (w.Key, Convert.ToHexString(w.Value!.Value.Span))));
        Assert.Equal(first.GenesisHash, second.GenesisHash);
    }

    [Fact]
    public void Chain_id_and_time_are_well_formed()
    {
        Refuses(MembershipCodes.BadDocument, "chain_id", g => g.ChainId = "No");
        Refuses(MembershipCodes.BadDocument, "time_ms", g => g.TimeMs = 0);
        Refuses(MembershipCodes.BadDocument, "protocol_version", g => g.ProtocolVersion = UpgradeSchedule.MaxVersion + 1);
    }

    [Theory]
    [InlineData(0u, 1u)]
    [InlineData(1u, 1u)]
    [InlineData(2u, 2u)]
    public void The_version_that_the_document_names_is_in_force_from_height_1_on_and_without_one_the_first(uint named, uint inForce)
    {
        var chain = new GovernedChain(seats: 4, named).Chain;
        Assert.Equal(inForce, UpgradeSchedule.VersionAt(chain.State, new(1)));
        Assert.Equal(named > 1, chain.State.TryGet(StateKeys.Upgrade, out _)); // a version-1 state is what it was before there was another
    }

    [Fact]
    public void A_chain_that_began_under_version_2_upgrades_to_3_and_not_to_2()
    {
        var governed = new GovernedChain(seats: 4, version: 2);
        governed.Refuses(MembershipCodes.BadUpgrade, new GovernanceChange { ScheduleUpgrade = new ScheduleUpgrade { Version = 2, ActivationHeight = 100 } });
        governed.MustAdopt(new GovernanceChange { ScheduleUpgrade = new ScheduleUpgrade { Version = 3, ActivationHeight = 100 } });
        Assert.Equal((2u, 3u), (UpgradeSchedule.VersionAt(governed.Chain.State, new(99)), UpgradeSchedule.VersionAt(governed.Chain.State, new(100))));
    }

    [Fact]
    public void Parameters_are_there_and_within_bounds()
    {
        Refuses(MembershipCodes.BadParameter, "missing", g => g.Parameters = null);
        Refuses(MembershipCodes.BadParameter, "max_block_bytes", g => g.Parameters.MaxBlockBytes = 1);
    }

    [Fact]
    public void Members_are_well_formed()
    {
        Refuses(MembershipCodes.BadMember, "members[1]: code", g => g.Members[1].Code = "113100000000000000");
        Refuses(MembershipCodes.BadMember, "members[1]: name", g => g.Members[1].Name = "");
        Refuses(MembershipCodes.BadMember, "members[1]: region", g => g.Members[1].Region = "320101");
        Refuses(MembershipCodes.BadMember, "members[1]: roles", g => g.Members[1].Roles.Clear());
        Refuses(MembershipCodes.BadMember, "members[1]: roles", g => g.Members[1].Roles.Add(MemberRole.Unspecified));
        Refuses(MembershipCodes.BadMember, "members[1]: roles", g => g.Members[1].Roles.Add((MemberRole)31));
        Refuses(MembershipCodes.BadMember, "members[1]: roles", g => g.Members[1].Roles.Add(MemberRole.Verifier));
        Refuses(MembershipCodes.BadMember, "members[1]: status", g => g.Members[1].Status = StandingStatus.Unspecified);
        Refuses(MembershipCodes.RepeatedMember, "members[7]", g => g.Members.Add(g.Members[0].Clone()));
    }

    [Fact]
    public void Keys_are_well_formed_and_belong_to_members()
    {
        Refuses(MembershipCodes.BadKey, "keys[0]: public_key", g => g.Keys[0].PublicKey = ByteString.CopyFrom(new byte[65]));
        Refuses(MembershipCodes.BadKey, "keys[0]: holder", g => g.Keys[0].Holder = "张三");
        Refuses(MembershipCodes.BadKey, "keys[0]: roles", g => g.Keys[0].Roles.Clear());
        Refuses(MembershipCodes.BadKey, "keys[0]: status", g => g.Keys[0].Status = StandingStatus.Removed);
        Refuses(MembershipCodes.BadKey, "keys[0]: expires_ms", g => g.Keys[0].ExpiresMs = g.TimeMs);
        Refuses(MembershipCodes.UnknownMember, "keys[1]", g => g.Keys[1].Member = Cast.NoMember.Value);
        Refuses(MembershipCodes.RepeatedKey, "keys[", g => g.Keys.Add(g.Keys[1].Clone()));
    }

    [Fact]
    public void A_member_has_at_most_32_keys_that_govern() => Refuses(MembershipCodes.BadKey, "GOVERN", g =>
    {
        for (var i = 0; i < Governors.MaxKeys; i++) g.Keys.Add(TestGenesis.Key(new Actor(500 + i, Cast.Governor.Member), KeyRole.Govern));
    });

    [Fact]
    public void Consensus_key_signs_votes_and_nothing_else() => Refuses(MembershipCodes.BadKey, "consensus key", g => g.Keys[0].Roles.Add(KeyRole.Service));

    [Fact]
    public void Fewer_than_four_validators_are_refused()
    {
        Refuses(MembershipCodes.BadValidators, "4 to 100", g => g.Validators.Validators.RemoveAt(3));
        Refuses(MembershipCodes.BadValidators, "4 to 100", g => g.Validators = null);
        Refuses(MembershipCodes.BadValidators, "distinct", g => g.Validators.Validators.Add(g.Validators.Validators[0].Clone()));
    }

    [Fact]
    public void Validator_is_a_member_with_the_role_and_a_consensus_key_of_its_own()
    {
        Refuses(MembershipCodes.ValidatorWithoutRole, "validators[0]", g => g.Members[0].Roles.Remove(MemberRole.Validator));
        Refuses(MembershipCodes.ValidatorWithoutRole, "validators[0]", g => g.Keys.RemoveAt(0));
        Refuses(MembershipCodes.ValidatorWithoutRole, "validators[0]", g => g.Keys[0].Member = Cast.Auditor.Value);
        Refuses(MembershipCodes.ValidatorWithoutRole, "validators[0]", g => { g.Keys[0].Roles.Clear(); g.Keys[0].Roles.Add(KeyRole.Service); });
    }

    private static void Refuses(string code, string says, Action<GenesisMessage> spoil)
    {
        var genesis = TestGenesis.Message();
        spoil(genesis);
        Assert.False(GenesisExecutor.TryApply(genesis, out var outcome, out var error));
        Assert.Null(outcome);
        Assert.StartsWith(code, error, StringComparison.Ordinal);
        Assert.Contains(says, error, StringComparison.Ordinal);
    }
}
