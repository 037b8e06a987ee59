using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using LicenceChain.Contracts.Membership;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using static LicenceChain.Contracts.Tests.Support.GovernedChain;

namespace LicenceChain.Contracts.Tests.Membership;

/// <summary>C-CHANGE: what sets may follow a set, and what no change may take from it.</summary>
[Trait("Rule", "C-CHANGE")]
public sealed class ValidatorChangeTests
{
    private readonly GovernedChain _governed = new(seats: 5);

    private TestChain Chain => _governed.Chain;

    [Fact]
    public void C_CHANGE_a_set_adopted_in_a_block_decides_the_next()
    {
        var document = _governed.Document(_governed.SetTo(Consensus.Take(6)));
        Assert.True(_governed.Propose(0, document).Applied);
        for (var i = 1; i < 3; i++) Assert.True(_governed.Approve(i, document).Applied);
        var last = Chain.Sign(Officers[3], "membership", "approve", new ApproveProposal { ProposalId = ByteString.CopyFrom(IdOf(document).Span) });

        var outcome = Chain.Commit(last);

        Assert.Equal(6, outcome.NextValidators.Count);
        Assert.Equal(outcome.NextValidators.Hash, _governed.Validators.Hash);
        Assert.Equal(["validators.changed", "membership.adopted"], outcome.Receipts[0].Events.Select(e => e.Type));
    }

    [Fact]
    public void C_CHANGE_a_set_that_the_caller_has_read_is_the_next_one_unless_the_block_adopts_another()
    {
        var known = _governed.Validators;
        var document = _governed.Document(_governed.SetTo(Consensus.Take(6)));
        Assert.True(_governed.Propose(0, document).Applied);
        for (var i = 1; i < 3; i++) Assert.True(_governed.Approve(i, document).Applied);
        var last = Chain.Sign(Officers[3], "membership", "approve", new ApproveProposal { ProposalId = ByteString.CopyFrom(IdOf(document).Span) });

        var before = Chain.State.Reads;
        Assert.Same(known, new BlockExecutor().Execute(Chain.State, Chain.Next, [], known).NextValidators);
        Assert.Equal(before, Chain.State.Reads);
        Assert.Equal(6, new BlockExecutor().Execute(Chain.State, Chain.Next, [last], known).NextValidators.Count);
    }

    [Fact]
    public void C_CHANGE_a_seat_is_added_removed_and_given_a_new_key()
    {
        _governed.MustAdopt(_governed.SetTo(Consensus.Take(6)));
        _governed.MustAdopt(_governed.SetTo(Consensus.Take(6).Skip(1).Prepend(Spare[0])));
        _governed.MustAdopt(_governed.SetTo(Consensus.Take(5).Skip(1).Prepend(Spare[0])));
        Assert.Equal(new[] { Spare[0].Id }.Concat(Consensus.Skip(1).Take(4).Select(k => k.Id)), _governed.Validators.Validators.Select(v => v.Key.Id));
    }

    [Fact]
    public void C_CHANGE_fewer_than_four_or_repeated_validators_are_refused()
    {
        _governed.MustAdopt(_governed.SetTo(Consensus.Take(4)));
        _governed.Refuses(MembershipCodes.BadValidators, _governed.SetTo(Consensus.Take(3)));
        _governed.Refuses(MembershipCodes.BadValidators, _governed.SetTo(Consensus.Take(4).Append(Consensus[0])));
        _governed.Refuses(MembershipCodes.BadValidators, _governed.SetTo(Consensus.Take(4).Append(Spare[0])));
        _governed.Refuses(MembershipCodes.BadValidators, new GovernanceChange { SetValidators = new SetValidators { BaseHash = ByteString.CopyFrom(_governed.Validators.Hash.Span) } });
    }

    [Fact]
    public void More_than_a_hundred_validators_are_refused()
    {
        var change = _governed.SetTo(Consensus.Take(5));
        for (var i = 0; i < 96; i++)
            change.SetValidators.Validators.Validators.Add(Seat(new Actor(5_000 + i, OrganisationCode.Mint($"11310000{(i + 100).ToString("D9", System.Globalization.CultureInfo.InvariantCulture)}"))));
        _governed.Refuses(MembershipCodes.BadValidators, change);
    }

    [Fact]
    public void A_change_counts_only_for_the_set_it_was_made_for()
    {
        var forAnother = _governed.SetTo(Consensus.Take(6));
        forAnother.SetValidators.BaseHash = Samples.Digest("another");
        _governed.Refuses(MembershipCodes.StaleSet, forAnother);
        _governed.Refuses(MembershipCodes.StaleSet, _governed.SetTo(Consensus.Take(5)));
    }

    [Fact]
    public void Two_changes_of_the_set_never_count_in_one_block()
    {
        var first = _governed.SetTo(Consensus.Take(6));
        var second = _governed.SetTo(Consensus.Take(7));
        second.SetValidators.BaseHash = ByteString.CopyFrom(ValidatorSet.TryFrom(first.SetValidators.Validators, out var set) ? set.Hash.Span : default);
        _governed.Refuses(MembershipCodes.StaleSet, first, second);
    }

    [Theory]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    [InlineData(7, 3)]
    [InlineData(9, 4)]
    [InlineData(13, 3)]
    public void So_many_newcomers_that_the_rest_could_not_decide_and_govern_without_them_are_refused(int seats, int added)
    {
        var governed = new GovernedChain(seats);
        var isAllowed = 3 * seats > 2 * (seats + added);
        var receipt = governed.Adopt(governed.SetTo(Consensus.Take(seats + added)));
        Assert.Equal(isAllowed ? "OK" : MembershipCodes.TooManyNewSeats, receipt.Code);
        if (isAllowed) Assert.True(seats >= governed.Validators.Quorum);
    }

    [Fact]
    public void At_most_a_third_of_the_seats_get_new_keys_at_once() =>
        _governed.Refuses(MembershipCodes.TooManyNewSeats, _governed.SetTo(Consensus.Take(5).Skip(2).Concat([Spare[0], Spare[1]])));

    [Fact]
    public void A_newcomer_is_an_active_member_with_the_role_with_an_active_consensus_key_of_its_own_and_one_that_governs()
    {
        var candidate = _governed.SetTo(Consensus.Take(6));
        Refused(MembershipCodes.ValidatorWithoutRole, Member(5, StandingStatus.Suspended), candidate);
        Refused(MembershipCodes.ValidatorWithoutRole, Member(5, StandingStatus.Active, MemberRole.Verifier), candidate);
        Refused(MembershipCodes.ValidatorWithoutRole, Key(Consensus[5], StandingStatus.Removed, KeyRole.Consensus), candidate);
        Refused(MembershipCodes.LastGovernor, Key(Officers[5], StandingStatus.Suspended, KeyRole.Govern), candidate);
        _governed.Refuses(MembershipCodes.ValidatorWithoutRole, _governed.SetTo(Consensus.Take(5).Append(Officers[5])));
        _governed.Refuses(MembershipCodes.ValidatorWithoutRole, _governed.SetTo(Consensus.Take(5).Append(new Actor(1_006, Consensus[5].Member))));
    }

    [Fact]
    public void A_seat_keeps_its_member_its_key_and_a_key_that_governs()
    {
        _governed.Refuses(MembershipCodes.HasSeat, Member(1, StandingStatus.Suspended));
        _governed.Refuses(MembershipCodes.HasSeat, Member(1, StandingStatus.Active, MemberRole.Issuer));
        _governed.Refuses(MembershipCodes.HasSeat, Key(Consensus[1], StandingStatus.Suspended, KeyRole.Consensus));
        _governed.Refuses(MembershipCodes.LastGovernor, Key(Officers[1], StandingStatus.Suspended, KeyRole.Govern));
        _governed.Refuses(MembershipCodes.LastGovernor, Key(Officers[1], StandingStatus.Active, KeyRole.Audit));
        var second = new Actor(79, Officers[1].Member);
        _governed.MustAdopt(Key(second, StandingStatus.Active, KeyRole.Govern), Key(Officers[1], StandingStatus.Removed, KeyRole.Govern));
        _governed.Refuses(MembershipCodes.LastGovernor, Key(second, StandingStatus.Removed, KeyRole.Govern));
    }

    [Fact]
    public void After_any_run_of_changes_the_set_is_sound_and_every_seat_can_vote_and_govern() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var governed = new GovernedChain(seats: 4);
            var random = new Random(seed);
            for (var step = 0; step < 12; step++)
            {
                var document = governed.Document(Random(governed, random));
                var seated = Enumerable.Range(0, Bureaus).Where(i => governed.Validators.Validators.Any(v => v.Member == Officers[i].Member)).ToList();
                var receipt = governed.Propose(seated[0], document);
                foreach (var one in seated.Skip(1))
                    if (receipt.Applied && governed.Proposal(document).Status == ProposalStatus.Open)
                        receipt = governed.Approve(one, document);
                if (!IsSound(governed)) return false;
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    private static bool IsSound(GovernedChain governed)
    {
        var set = governed.Validators; // throws when it is not 4 to 100 distinct ones
        return set.Validators.All(seat =>
            governed.Chain.Find(StateKeys.Member(seat.Member), MemberRecord.Parser) is { Status: StandingStatus.Active } member && member.Roles.Contains(MemberRole.Validator)
            && governed.Chain.Find(StateKeys.Key(seat.Key.Id), KeyRecord.Parser) is { Status: StandingStatus.Active } key && key.Member == seat.Member.Value && key.Roles.Contains(KeyRole.Consensus)
            && governed.Chain.Find(StateKeys.Governors(seat.Member), GovernorsRecord.Parser)!.KeyIds.Any(id =>
                governed.Chain.Find(StateKeys.Key(KeyId.TryFrom(id.Span, out var keyId) ? keyId : default), KeyRecord.Parser) is { Status: StandingStatus.Active } governor && governor.Roles.Contains(KeyRole.Govern)));
    }

    private static GovernanceChange Random(GovernedChain governed, Random random)
    {
        var bureau = random.Next(8);
        return random.Next(5) switch
        {
            0 => Member(bureau, (StandingStatus)random.Next(1, 4), random.Next(2) == 0 ? MemberRole.Validator : MemberRole.Issuer),
            1 => Key(Consensus[bureau], (StandingStatus)random.Next(1, 3), KeyRole.Consensus),
            2 => Key(Officers[bureau], (StandingStatus)random.Next(1, 3), KeyRole.Govern),
            _ => governed.SetTo(Enumerable.Range(0, 8).Where(_ => random.Next(4) > 0).Select(i => random.Next(4) == 0 ? Spare[i] : Consensus[i])),
        };
    }

    // The first change is adopted by itself on a chain of its own; what it made impossible is then refused.
    private static void Refused(string code, GovernanceChange before, GovernanceChange change)
    {
        var governed = new GovernedChain(seats: 5);
        governed.MustAdopt(before);
        governed.Refuses(code, change);
    }

    private static GovernanceChange Member(int bureau, StandingStatus status, MemberRole role = MemberRole.Validator)
    {
        var record = TestGenesis.Member(Consensus[bureau].Member, RegionCode.Parse($"{11 + bureau}0000"), role);
        record.Status = status;
        return new GovernanceChange { PutMember = record };
    }

    private static GovernanceChange Key(Actor actor, StandingStatus status, KeyRole role)
    {
        var record = TestGenesis.Key(actor, role);
        record.Status = status;
        return new GovernanceChange { PutKey = record };
    }
}
