using LicenceChain.Contracts.Recognition;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Tests.Recognition;

public sealed class MattersTests
{
    private readonly TestChain _chain = TestChain.WithCatalogue();

    [Fact]
    public void Registered_matter_stands_in_the_state_and_is_told()
    {
        var receipt = _chain.MustRun(Cast.Governor, "recognition", "registerMatter", new RegisterMatter { Matter = Samples.MatterRecord() });
        Assert.Equal(("matter.registered", Samples.Matter), (receipt.Events[0].Type, receipt.Events[0].Subject));
        Assert.Equal(Samples.MatterRecord(), _chain.Find(StateKeys.Matter(Samples.Matter), MatterRecord.Parser));
    }

    [Fact]
    public void Bureau_registers_matters_of_its_own_region_only() => Refuses(AgreementCodes.OtherRegion, m => m.Region = Cast.Jiangsu.Value);

    [Fact]
    public void Another_region_cannot_take_over_a_matter()
    {
        _chain.MustRun(Cast.Governor, "recognition", "registerMatter", new RegisterMatter { Matter = Samples.MatterRecord() });
        var stolen = Samples.MatterRecord();
        (stolen.Region, stolen.Version) = (Cast.Jiangsu.Value, 2);
        _chain.Refuses(AgreementCodes.OtherRegion, Cast.Governors[1], "recognition", "registerMatter", new RegisterMatter { Matter = stolen });
    }

    [Fact]
    public void Versions_ascend_by_one()
    {
        Refuses(AgreementCodes.BadVersion, m => m.Version = 2);
        _chain.MustRun(Cast.Governor, "recognition", "registerMatter", new RegisterMatter { Matter = Samples.MatterRecord() });
        Refuses(AgreementCodes.BadVersion, m => m.Version = 1);
    }

    [Fact]
    public void Needs_are_distinct_types_in_order_with_attributes_in_order()
    {
        Refuses(AgreementCodes.BadNeeds, m => m.Needs.Clear());
        Refuses(AgreementCodes.BadNeeds, m => m.Needs.Add(m.Needs[1].Clone()));
        Refuses(AgreementCodes.BadNeeds, m => (m.Needs[0], m.Needs[1]) = (m.Needs[1], m.Needs[0]));
        Refuses(AgreementCodes.BadNeeds, m => m.Needs[0].Attributes.Clear());
        Refuses(AgreementCodes.BadNeeds, m => m.Needs[0].Attributes.Add("address"));
    }

    [Fact]
    public void Needs_name_types_and_attributes_of_the_catalogue()
    {
        Refuses(AgreementCodes.UnknownType, m => m.Needs[1].LicenceType = "no-such-type");
        Refuses(AgreementCodes.UnknownType, m => m.Needs[0].Attributes.Add("shoeSize"));
    }

    [Fact]
    public void Code_name_and_region_are_well_formed()
    {
        Refuses(AgreementCodes.BadMatter, m => m.Code = "No Code");
        Refuses(AgreementCodes.BadMatter, m => m.Name = "");
        Refuses(AgreementCodes.BadMatter, m => m.Region = "310101");
        _chain.Refuses(AgreementCodes.BadMatter, Cast.Governor, "recognition", "registerMatter", new RegisterMatter());
    }

    [Fact]
    public void Only_a_govern_key_registers() =>
        _chain.Refuses(TransactionCodes.MissingRole, Cast.Verifier, "recognition", "registerMatter", new RegisterMatter { Matter = Samples.MatterRecord() });

    private void Refuses(string code, Action<MatterRecord> spoil)
    {
        var matter = Samples.MatterRecord();
        spoil(matter);
        _chain.Refuses(code, Cast.Governor, "recognition", "registerMatter", new RegisterMatter { Matter = matter });
    }
}
