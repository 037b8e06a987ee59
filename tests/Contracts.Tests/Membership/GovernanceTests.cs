using Google.Protobuf;
using LicenceChain.Contracts.Membership;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;
using static LicenceChain.Contracts.Tests.Support.GovernedChain;

namespace LicenceChain.Contracts.Tests.Membership;

/// <summary>How a change is proposed, approved, adopted, withdrawn and let expire.</summary>
public sealed class GovernanceTests
{
    private readonly GovernedChain _governed = new(seats: 4);

    private TestChain Chain => _governed.Chain;

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void A_change_takes_effect_with_exactly_the_first_approval_beyond_two_thirds(int seats)
    {
        var governed = new GovernedChain(seats);
        var document = governed.Document(Member(15, "New name"));
        for (var approvals = 1; approvals <= seats; approvals++)
        {
            var receipt = approvals == 1 ? governed.Propose(0, document) : governed.Approve(approvals - 1, document);
            var isAdopted = governed.Proposal(document).Status == ProposalStatus.Adopted;
            Assert.True(receipt.Applied, receipt.Detail);
            Assert.Equal(3 * approvals > 2 * seats, isAdopted);
            Assert.Equal(isAdopted, NameOf(governed, 15) == "New name");
            if (isAdopted) return;
        }

        Assert.Fail("Nobody was left to approve.");
    }

    [Fact]
    public void Adoption_is_told_with_the_proposal_and_with_each_change()
    {
        var receipt = _governed.MustAdopt(Member(5, "A"), Member(6, "B"));

        Assert.Equal(["member.changed", "member.changed", "membership.adopted"], receipt.Events.Select(e => e.Type));
        Assert.Equal("B", MemberRecord.Parser.ParseFrom(receipt.Events[1].Data).Name);
        var adopted = ProposalRecord.Parser.ParseFrom(receipt.Events[2].Data);
        Assert.Equal((ProposalStatus.Adopted, Chain.Height.Value), (adopted.Status, adopted.AdoptedHeight));
        Assert.Equal(adopted.Approvals.Order(StringComparer.Ordinal), adopted.Approvals);
    }

    [Fact]
    public void Changes_of_one_proposal_see_those_before_them_and_count_all_or_none()
    {
        var stranger = new Actor(77, Cast.NoMember);
        var admit = new GovernanceChange { PutMember = TestGenesis.Member(Cast.NoMember, Cast.Shanghai, MemberRole.Validator) };
        var key = new GovernanceChange { PutKey = TestGenesis.Key(stranger, KeyRole.Consensus) };
        _governed.Refuses(MembershipCodes.UnknownMember, key, admit);
        Assert.Null(Chain.Find(StateKeys.Member(Cast.NoMember), MemberRecord.Parser));

        _governed.MustAdopt(admit, key);
        Assert.NotNull(Chain.Find(StateKeys.Key(stranger.Id), KeyRecord.Parser));
    }

    [Fact]
    public void Only_a_governing_key_of_a_member_with_a_seat_takes_part()
    {
        var document = _governed.Document(Member(5, "A"));
        Assert.Equal(MembershipCodes.NoSeat, _governed.Propose(4, document).Code);
        Assert.Equal(TransactionCodes.MissingRole, Chain.Run(Consensus[0], "membership", "propose", new ProposeChange { Document = document }).Code);
        Assert.True(_governed.Propose(0, document).Applied);
        Assert.Equal(MembershipCodes.NoSeat, _governed.Approve(4, document).Code);
    }

    [Fact]
    public void A_member_counts_once_however_often_and_with_however_many_keys_it_approves()
    {
        var second = new Actor(78, Officers[0].Member);
        _governed.MustAdopt(new GovernanceChange { PutKey = TestGenesis.Key(second, KeyRole.Govern) });
        var document = _governed.Document(Member(5, "A"));
        Assert.True(_governed.Propose(0, document).Applied);

        var approval = new ApproveProposal { ProposalId = ByteString.CopyFrom(IdOf(document).Span) };
        Assert.Equal(MembershipCodes.AlreadyApproved, Chain.Run(second, "membership", "approve", approval).Code);
        Assert.Equal(MembershipCodes.AlreadyApproved, _governed.Approve(0, document).Code);
        Assert.Single(_governed.Proposal(document).Approvals);
    }

    [Fact]
    public void What_is_approved_is_the_hash_of_the_document()
    {
        var document = _governed.Document(Member(5, "A"));
        var other = _governed.Document(Member(5, "B"));
        Assert.True(_governed.Propose(0, document).Applied);
        Assert.Equal(MembershipCodes.UnknownProposal, _governed.Approve(1, other).Code);
        Assert.Equal(MembershipCodes.UnknownProposal, Chain.Run(Officers[1], "membership", "approve", new ApproveProposal { ProposalId = ByteString.CopyFrom(1, 2) }).Code);
    }

    [Fact]
    public void Approvals_of_members_that_lost_their_seat_do_not_count()
    {
        var governed = new GovernedChain(seats: 7);
        var document = governed.Document(Member(15, "A"));
        Assert.True(governed.Propose(6, document).Applied);
        Assert.True(governed.Approve(5, document).Applied);
        Assert.True(governed.Approve(0, document).Applied);
        governed.MustAdopt(governed.SetTo(Consensus.Take(5)));

        Assert.True(governed.Approve(1, document).Applied);
        Assert.True(governed.Approve(2, document).Applied);
        Assert.Equal(ProposalStatus.Open, governed.Proposal(document).Status);
        Assert.True(governed.Approve(3, document).Applied);
        Assert.Equal(ProposalStatus.Adopted, governed.Proposal(document).Status);
    }

    [Fact]
    public void When_others_leave_and_the_approvals_suffice_one_that_approved_may_approve_again()
    {
        var governed = new GovernedChain(seats: 6);
        var document = governed.Document(Member(15, "A"));
        Assert.True(governed.Propose(0, document).Applied);
        for (var i = 1; i < 4; i++) Assert.True(governed.Approve(i, document).Applied);
        governed.MustAdopt(governed.SetTo(Consensus.Take(5)));

        Assert.True(governed.Approve(3, document).Applied);
        Assert.Equal(ProposalStatus.Adopted, governed.Proposal(document).Status);
    }

    [Fact]
    public void An_expired_proposal_is_closed_and_no_longer_counts_as_open()
    {
        var documents = Enumerable.Range(0, OpenProposals.MaxPerMember).Select(i => { var d = _governed.Document(Member(5, $"N{i}")); d.ExpiresHeight = Chain.Height.Value + 6; return d; }).ToList();
        foreach (var one in documents) Assert.True(_governed.Propose(0, one).Applied);
        Assert.Equal(MembershipCodes.TooManyProposals, _governed.Propose(0, _governed.Document(Member(5, "more"))).Code);
        Assert.True(_governed.Approve(1, documents[0]).Applied);
        Assert.Equal(documents[0].ExpiresHeight, Chain.Height.Value);

        Assert.Equal(MembershipCodes.ClosedProposal, _governed.Approve(2, documents[0]).Code);
        Assert.True(_governed.Propose(0, _governed.Document(Member(5, "more"))).Applied);
        Assert.Single(Chain.Find(StateKeys.OpenProposals, OpenProposalsRecord.Parser)!.Proposals);
    }

    [Fact]
    public void The_proposer_withdraws_the_proposal_and_another_its_approval()
    {
        var document = _governed.Document(Member(5, "A"));
        Assert.True(_governed.Propose(0, document).Applied);
        Assert.True(_governed.Approve(1, document).Applied);
        Assert.Equal(MembershipCodes.NotApproved, _governed.Withdraw(2, document).Code);
        Assert.True(_governed.Withdraw(1, document).Applied);
        Assert.Equal([Officers[0].Member.Value], _governed.Proposal(document).Approvals);

        Assert.True(_governed.Withdraw(0, document).Applied);
        Assert.Equal(MembershipCodes.ClosedProposal, _governed.Approve(1, document).Code);
        Assert.Empty(Chain.Find(StateKeys.OpenProposals, OpenProposalsRecord.Parser)!.Proposals);
    }

    [Fact]
    public void A_document_is_proposed_once()
    {
        var document = _governed.Document(Member(5, "A"));
        Assert.True(_governed.Adopt(document).Applied);
        Assert.Equal(MembershipCodes.RepeatedProposal, _governed.Propose(1, document).Code);
        Assert.Equal(MembershipCodes.ClosedProposal, _governed.Approve(3, document).Code);
    }

    [Fact]
    public void Malformed_proposals_are_refused()
    {
        Refuses(MembershipCodes.BadProposal, d => d.Title = "");
        Refuses(MembershipCodes.BadProposal, d => d.Changes.Clear());
        Refuses(MembershipCodes.BadProposal, d => d.Changes.Add(new GovernanceChange()));
        Refuses(MembershipCodes.BadProposal, d => d.Changes.AddRange(Enumerable.Repeat(Member(5, "A"), GovernanceContract.MaxChanges)));
        Refuses(MembershipCodes.BadExpiry, d => d.ExpiresHeight = Chain.Height.Value + 1 - 1);
        Refuses(MembershipCodes.BadExpiry, d => d.ExpiresHeight = ulong.MaxValue);
        Chain.Refuses(MembershipCodes.BadProposal, Officers[0], "membership", "propose", new ProposeChange());
    }

    [Fact]
    public void An_approval_that_would_adopt_what_no_longer_holds_is_refused_with_the_reason_and_leaves_the_proposal_open()
    {
        var stale = _governed.Document(_governed.SetTo(Consensus.Take(5)));
        Assert.True(_governed.Propose(0, stale).Applied);
        Assert.True(_governed.Approve(1, stale).Applied);
        _governed.MustAdopt(_governed.SetTo(Consensus.Take(4).Append(Consensus[6])));

        Assert.True(_governed.Approve(2, stale).Applied);
        Assert.Equal(MembershipCodes.StaleSet, _governed.Approve(3, stale).Code);
        Assert.Equal(ProposalStatus.Open, _governed.Proposal(stale).Status);
    }

    private void Refuses(string code, Action<ProposalDocument> spoil)
    {
        var document = _governed.Document(Member(5, "A"));
        spoil(document);
        Chain.Refuses(code, Officers[0], "membership", "propose", new ProposeChange { Document = document });
    }

    private static string NameOf(GovernedChain governed, int bureau) => governed.Chain.Find(StateKeys.Member(Consensus[bureau].Member), MemberRecord.Parser)!.Name;

    private static GovernanceChange Member(int bureau, string name)
    {
        var record = TestGenesis.Member(Consensus[bureau].Member, Protocol.Primitives.RegionCode.Parse($"{11 + bureau}0000"), MemberRole.Validator);
        record.Name = name;
        return new GovernanceChange { PutMember = record };
    }
}
