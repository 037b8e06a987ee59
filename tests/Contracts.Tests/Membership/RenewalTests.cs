using Google.Protobuf;
using LicenceChain.Contracts.Membership;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;
using static LicenceChain.Contracts.Tests.Support.GovernedChain;

namespace LicenceChain.Contracts.Tests.Membership;

/// <summary>Protocol version 2: governing keys that have expired may renew themselves, and do nothing else.</summary>
public sealed class RenewalTests
{
    private const ulong Years = 20UL * 365 * Samples.DayMs;

    private readonly GovernedChain _governed = new(seats: 4, version: 2);

    private TestChain Chain => _governed.Chain;

    [Fact]
    public void When_every_governing_key_has_expired_more_than_two_thirds_renew_them_and_govern_again()
    {
        Expire();
        var document = _governed.Document(Renew(Officers[0]), Renew(Officers[1]), Renew(Officers[2]), Renew(Officers[3]));
        Assert.Equal("", Detail(_governed.Propose(0, document)));
        Assert.Equal("", Detail(_governed.Approve(1, document)));
        Assert.Equal(ProposalStatus.Open, _governed.Proposal(document).Status);
        Assert.Equal("", Detail(_governed.Approve(2, document)));
        Assert.Equal(ProposalStatus.Adopted, _governed.Proposal(document).Status);

        _governed.MustAdopt(Parameters());
    }

    [Fact]
    public void Where_a_third_of_the_seats_lapsed_their_expired_keys_complete_the_vote_that_renews_them()
    {
        _governed.MustAdopt(new GovernanceChange { PutKey = Until(Officers[2], Chain.Now.Plus(50_000)) }, new GovernanceChange { PutKey = Until(Officers[3], Chain.Now.Plus(50_000)) });
        Chain.Now = Chain.Now.Plus(100_000);
        var document = _governed.Document(Renew(Officers[2]), Renew(new Actor(50, Officers[3].Member)));
        Assert.True(_governed.Propose(0, document).Applied);
        Assert.True(_governed.Approve(1, document).Applied);
        Assert.Equal(ProposalStatus.Open, _governed.Proposal(document).Status); // two of four are not more than two thirds
        Assert.Equal("", Detail(_governed.Approve(3, document)));
        Assert.Equal(ProposalStatus.Adopted, _governed.Proposal(document).Status);

        // The member has a new key now: the expired one is powerless again.
        Assert.Equal(TransactionCodes.InactiveKey, _governed.Propose(3, _governed.Document(Renew(Officers[3]))).Code);
    }

    [Fact]
    public void Under_version_1_an_expired_key_renews_nothing()
    {
        var first = new GovernedChain(seats: 4);
        first.Chain.Now = new UnixTime(TestGenesis.TimeMs + Years);
        Assert.Equal(TransactionCodes.InactiveKey, first.Propose(0, first.Document(Renew(Officers[0], first))).Code);
    }

    [Fact]
    public void An_upgrade_gives_expired_keys_this_right_from_its_height_on_and_not_one_block_before()
    {
        var governed = new GovernedChain(seats: 4);
        governed.MustAdopt(new GovernanceChange { ScheduleUpgrade = new ScheduleUpgrade { Version = 2, ActivationHeight = governed.Chain.Height.Value + 60 } });
        var activation = new Height(governed.Chain.Find(StateKeys.Upgrade, UpgradeRecord.Parser)!.ActivationHeight);
        while (governed.Chain.Height.Next.Value < activation.Value - 1) governed.Chain.Commit();
        governed.Chain.Now = new UnixTime(TestGenesis.TimeMs + Years);
        var document = governed.Document(Renew(Officers[0], governed), Renew(Officers[1], governed), Renew(Officers[2], governed), Renew(Officers[3], governed));

        Assert.Equal((1u, TransactionCodes.InactiveKey), (governed.Chain.Next.Version, governed.Propose(0, document).Code)); // in the last block below
        Assert.Equal((activation, 2u), (governed.Chain.Next.Height, governed.Chain.Next.Version));
        Assert.Equal("", Detail(governed.Propose(0, document)));
    }

    [Fact]
    public void Admission_takes_what_execution_takes()
    {
        Expire();
        var renewal = Chain.Sign(Officers[0], "membership", "propose", new ProposeChange { Document = _governed.Document(Renew(Officers[0])) });
        var other = Chain.Sign(Officers[0], "recognition", "propose", new ProposeAgreement { Document = Samples.AgreementDocument() });
        Assert.Null(Admit(renewal, version: 2));
        Assert.Equal(TransactionCodes.InactiveKey, Admit(renewal, version: 1)?.Code);
        Assert.Equal(TransactionCodes.InactiveKey, Admit(other, version: 2)?.Code);
        Assert.Equal([Refusal.Ok, TransactionCodes.InactiveKey], Chain.Execute(renewal, other).Receipts.Select(r => r.Code));
    }

    [Fact]
    public void An_expired_key_does_nothing_but_renew()
    {
        Expire();
        var twoRoles = Renew(Officers[1]);
        twoRoles.PutKey.Roles.Add(KeyRole.Issue);
        var suspended = Renew(Officers[1]);
        suspended.PutKey.Status = StandingStatus.Suspended;
        foreach (var change in (GovernanceChange[])
        [
            Parameters(),
            _governed.SetTo([.. Consensus.Take(5)]),
            twoRoles,
            suspended,
            new GovernanceChange { PutKey = TestGenesis.Key(Spare[9], KeyRole.Consensus) },
            Renew(Officers[5]), // has no seat
            new GovernanceChange { PutKey = new KeyRecord(Renew(Officers[1]).PutKey) { PublicKey = ByteString.CopyFrom(Consensus[1].Key.PublicKey.Encoded) } }, // votes, and is not to govern
            new GovernanceChange(),
        ])
        {
            Assert.Equal(MembershipCodes.RenewsOnly, _governed.Propose(0, _governed.Document(Renew(Officers[0]), change)).Code);
        }
    }

    [Fact]
    public void An_expired_key_neither_approves_nor_withdraws_what_does_more_than_renew()
    {
        var document = _governed.Document(Parameters());
        Assert.True(_governed.Propose(0, document).Applied);
        Assert.True(_governed.Approve(1, document).Applied);
        Expire();
        Assert.Equal(MembershipCodes.RenewsOnly, _governed.Approve(2, document).Code);
        Assert.Equal(MembershipCodes.RenewsOnly, _governed.Withdraw(1, document).Code);
        Assert.Equal(MembershipCodes.RenewsOnly, _governed.Withdraw(0, document).Code);

        var renewal = _governed.Document(Renew(Officers[0]));
        Assert.True(_governed.Propose(0, renewal).Applied);
        Assert.True(_governed.Withdraw(0, renewal).Applied);
    }

    [Fact]
    public void A_member_that_can_govern_is_not_renewed_by_expired_keys_nor_does_its_lapsed_key_sign()
    {
        var successor = new Actor(51, Officers[1].Member);
        _governed.MustAdopt(new GovernanceChange { PutKey = Until(successor, new UnixTime(TestGenesis.TimeMs + (2 * Years))) });
        Expire();
        Assert.Equal(MembershipCodes.RenewsOnly, _governed.Propose(0, _governed.Document(Renew(Officers[1]))).Code);
        Assert.Equal(TransactionCodes.InactiveKey, _governed.Propose(1, _governed.Document(Renew(Officers[0]))).Code);
        Assert.True(Chain.Run(successor, "membership", "propose", new ProposeChange { Document = _governed.Document(Renew(Officers[0])) }).Applied);
    }

    [Fact]
    public void Of_a_members_expired_keys_only_the_one_that_expired_last_counts_and_no_suspended_one()
    {
        var (older, suspended) = (new Actor(52, Officers[0].Member), new Actor(53, Officers[0].Member));
        _governed.MustAdopt(new GovernanceChange { PutKey = Until(older, Chain.Now.Plus(50_000)) }, new GovernanceChange { PutKey = Until(suspended, new UnixTime(TestGenesis.TimeMs + Years - 1)) });
        _governed.MustAdopt(new GovernanceChange { PutKey = new KeyRecord(Until(suspended, new UnixTime(TestGenesis.TimeMs + Years - 1))) { Status = StandingStatus.Suspended } });
        Expire();
        Assert.Equal(TransactionCodes.InactiveKey, Propose(older));
        Assert.Equal(TransactionCodes.InactiveKey, Propose(suspended));
        Assert.Equal(Refusal.Ok, Propose(Officers[0]));
    }

    [Fact]
    public void A_suspended_or_removed_key_does_not_come_back_on_this_way()
    {
        var removed = new Actor(54, Officers[1].Member);
        _governed.MustAdopt(new GovernanceChange { PutKey = Until(removed, Chain.Now.Plus(Years)) });
        _governed.MustAdopt(new GovernanceChange { PutKey = new KeyRecord(Until(removed, Chain.Now.Plus(Years))) { Status = StandingStatus.Removed } });
        Expire();
        Assert.Equal(MembershipCodes.RenewsOnly, _governed.Propose(0, _governed.Document(Renew(removed))).Code);
    }

    // Beyond the ten years that the keys of genesis last.
    private void Expire() => Chain.Now = new UnixTime(TestGenesis.TimeMs + Years);

    private string Propose(Actor signer) => Chain.Run(signer, "membership", "propose", new ProposeChange { Document = _governed.Document(Renew(Officers[0])) }).Code;

    private Refusal? Admit(SignedTransaction transaction, uint version) =>
        TransactionAdmission.Check(Chain.State, Chain.Next with { Version = version }, ChainParameters.Default, transaction, out _);

    private GovernanceChange Renew(Actor officer, GovernedChain? of = null) => new() { PutKey = Until(officer, (of ?? _governed).Chain.Now.Plus(Years)) };

    private GovernanceChange Parameters()
    {
        var record = ChainParameters.Read(Chain.State).ToRecord();
        record.HeartbeatMs = 500;
        return new GovernanceChange { SetParameters = record };
    }

    private static string Detail(Receipt receipt) => receipt.Detail;

    private static KeyRecord Until(Actor officer, UnixTime time)
    {
        var record = TestGenesis.Key(officer, KeyRole.Govern);
        record.ExpiresMs = time.Milliseconds;
        return record;
    }
}
