using LicenceChain.Contracts.Recognition;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Tests.Recognition;

public sealed class AgreementsTests
{
    private readonly TestChain _chain = TestChain.WithCatalogue();

    [Fact]
    public void Agreement_is_in_force_once_every_named_region_accepted_it()
    {
        Propose();
        foreach (var governor in Cast.Governors.Skip(1).Reverse())
        {
            Assert.Equal(["agreement.accepted"], Accept(governor).Events.Select(e => e.Type));
            Assert.Equal(0ul, Agreement().InForceSinceMs);
        }

        Assert.Equal(["agreement.accepted", "agreement.in-force"], Accept(Cast.Governor).Events.Select(e => e.Type));
        Assert.Equal(_chain.Now.Milliseconds, Agreement().InForceSinceMs);
        Assert.Equal(Cast.Regions.Select(r => r.Value), Agreement().AcceptedRegions);
    }

    [Fact]
    public void Proposing_is_not_accepting()
    {
        Propose();
        Assert.Empty(Agreement().AcceptedRegions);
    }

    [Fact]
    public void Region_accepts_the_very_document_that_stands_proposed()
    {
        Propose();
        var other = Samples.AgreementDocument();
        other.LicenceTypes.Add("zz");
        _chain.Refuses(AgreementCodes.OtherDocument, Cast.Governor, "recognition", "accept", new AcceptAgreement { Name = other.Name, DocumentHash = Samples.HashOf(other) });
    }

    [Fact]
    public void Region_accepts_once()
    {
        Propose();
        Accept(Cast.Governor);
        Refuses(AgreementCodes.AlreadyAccepted, Cast.Governor);
    }

    [Fact]
    public void Region_that_is_not_named_neither_proposes_nor_accepts()
    {
        var document = Samples.AgreementDocument();
        document.Regions.Remove(Cast.Anhui.Value);
        _chain.Refuses(AgreementCodes.NotAParty, Cast.Governors[3], "recognition", "propose", new ProposeAgreement { Document = document });
        _chain.MustRun(Cast.Governor, "recognition", "propose", new ProposeAgreement { Document = document });
        var accept = new AcceptAgreement { Name = document.Name, DocumentHash = Samples.HashOf(document) };
        _chain.Refuses(AgreementCodes.NotAParty, Cast.Governors[3], "recognition", "accept", accept);
    }

    [Fact]
    public void Unknown_agreement_cannot_be_accepted() => Refuses(AgreementCodes.UnknownAgreement, Cast.Governor);

    [Fact]
    public void Next_version_starts_acceptance_over_while_nothing_is_in_force()
    {
        Propose();
        Accept(Cast.Governor);
        Propose(d => d.Version = 2);
        Assert.Empty(Agreement().AcceptedRegions);
        Refuses(AgreementCodes.OtherDocument, Cast.Governor);
    }

    [Fact]
    public void No_single_region_replaces_what_is_in_force()
    {
        Propose();
        foreach (var governor in Cast.Governors) Accept(governor);
        RefusesProposal(AgreementCodes.InForce, d => d.Version = 2);
    }

    [Fact]
    public void Documents_are_well_formed()
    {
        RefusesProposal(AgreementCodes.BadVersion, d => d.Version = 2);
        RefusesProposal(AgreementCodes.BadAgreement, d => d.Name = "Delta 2025");
        RefusesProposal(AgreementCodes.BadAgreement, d => d.Title = "");
        RefusesProposal(AgreementCodes.BadAgreement, d => d.SinceMs = 0);
        RefusesProposal(AgreementCodes.BadRegions, d => { d.Regions.Clear(); d.Regions.Add(Cast.Shanghai.Value); });
        RefusesProposal(AgreementCodes.BadRegions, d => (d.Regions[0], d.Regions[1]) = (d.Regions[1], d.Regions[0]));
        RefusesProposal(AgreementCodes.BadRegions, d => d.Regions.Add("999999"));
        RefusesProposal(AgreementCodes.BadTypes, d => d.LicenceTypes.Clear());
        RefusesProposal(AgreementCodes.BadTypes, d => d.LicenceTypes.Add("resident-id"));
        RefusesProposal(AgreementCodes.UnknownType, d => d.LicenceTypes.Add("zz-no-such-type"));
        _chain.Refuses(AgreementCodes.BadAgreement, Cast.Governor, "recognition", "propose", new ProposeAgreement());
    }

    [Fact]
    public void Only_a_govern_key_speaks_for_a_region() =>
        _chain.Refuses(TransactionCodes.MissingRole, Cast.Verifier, "recognition", "propose", new ProposeAgreement { Document = Samples.AgreementDocument() });

    private void Propose(Action<AgreementDocument>? change = null)
    {
        var document = Samples.AgreementDocument();
        change?.Invoke(document);
        Assert.Equal("agreement.proposed", _chain.MustRun(Cast.Governor, "recognition", "propose", new ProposeAgreement { Document = document }).Events[0].Type);
    }

    private void RefusesProposal(string code, Action<AgreementDocument> spoil)
    {
        var document = Samples.AgreementDocument();
        spoil(document);
        _chain.Refuses(code, Cast.Governor, "recognition", "propose", new ProposeAgreement { Document = document });
    }

    private Receipt Accept(Actor governor) => _chain.MustRun(governor, "recognition", "accept", Acceptance());

    private void Refuses(string code, Actor governor) => _chain.Refuses(code, governor, "recognition", "accept", Acceptance());

    private static AcceptAgreement Acceptance() => new() { Name = Samples.Agreement, DocumentHash = Samples.HashOf(Samples.AgreementDocument()) };

    private AgreementRecord Agreement() => _chain.Find(StateKeys.Agreement(Samples.Agreement), AgreementRecord.Parser)!;
}
