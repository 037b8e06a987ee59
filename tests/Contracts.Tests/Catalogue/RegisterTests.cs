using LicenceChain.Contracts.Catalogue;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Tests.Catalogue;

public sealed class RegisterTests
{
    private readonly TestChain _chain = new();

    [Fact]
    public void Registered_type_stands_in_the_catalogue_and_is_told()
    {
        var receipt = Register(_ => { });
        Assert.Equal(("type.registered", "resident-id"), (receipt.Events[0].Type, receipt.Events[0].Subject));
        Assert.Equal(Samples.ResidentId(), _chain.Find(StateKeys.LicenceType("resident-id"), LicenceTypeRecord.Parser));
    }

    [Fact]
    public void Versions_ascend_by_one()
    {
        Refuses(CatalogueCodes.BadVersion, t => t.Version = 2);
        Register(_ => { });
        Refuses(CatalogueCodes.BadVersion, t => t.Version = 1);
        Refuses(CatalogueCodes.BadVersion, t => t.Version = 3);
        Register(t => t.Version = 2);
    }

    [Fact]
    public void Later_version_keeps_type_code_and_kind_of_holder()
    {
        Register(_ => { });
        Refuses(CatalogueCodes.IdentityChanged, t => (t.Version, t.TypeCode) = (2, Samples.MarriageTypeCode));
        Refuses(CatalogueCodes.IdentityChanged, t => (t.Version, t.Holder) = (2, HolderKind.Organisation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("111000000000131")]
    [InlineData("11100000000000000X0010")]
    [InlineData("111000000000000000001")]
    public void Type_code_is_an_organisation_code_and_a_sequence_of_three(string typeCode) => Refuses(CatalogueCodes.BadTypeCode, t => t.TypeCode = typeCode);

    [Fact]
    public void Sequence_of_the_type_code_is_upper_case() => Refuses(CatalogueCodes.BadTypeCode, t => t.TypeCode = t.TypeCode[..18] + "l01");

    [Fact]
    public void Code_is_a_short_code()
    {
        Refuses(CatalogueCodes.BadCode, t => t.Code = "Resident ID");
        Refuses(CatalogueCodes.BadCode, t => t.Code = new string('a', 65));
    }

    [Fact]
    public void Descriptions_are_bounded()
    {
        Refuses(CatalogueCodes.BadDescription, t => t.Name = "");
        Refuses(CatalogueCodes.BadDescription, t => t.EnglishName = new string('a', 201));
        Refuses(CatalogueCodes.BadDescription, t => t.Department = "a\nb");
        Refuses(CatalogueCodes.BadDescription, t => t.Holder = HolderKind.Unspecified);
        Refuses(CatalogueCodes.BadDescription, t => t.Holder = (HolderKind)9);
        Refuses(CatalogueCodes.BadDescription, t => t.ValidYears = 101);
        Refuses(CatalogueCodes.BadDescription, t => t.Sensitivity = 5);
    }

    [Fact]
    public void Attributes_are_distinct_names_with_a_sensitivity()
    {
        Refuses(CatalogueCodes.BadAttributes, t => t.Attributes.Clear());
        Refuses(CatalogueCodes.BadAttributes, t => t.Attributes.Add(t.Attributes[0].Clone()));
        Refuses(CatalogueCodes.BadAttributes, t => t.Attributes[0].Name = "id number");
        Refuses(CatalogueCodes.BadAttributes, t => t.Attributes[0].Sensitivity = 0);
        Refuses(CatalogueCodes.BadAttributes, t => t.Attributes.AddRange(Enumerable.Range(0, 64).Select(i => new AttributeDefinition { Name = $"a{i}", Sensitivity = 1 })));
    }

    [Fact]
    public void Missing_type_is_refused() => _chain.Refuses(CatalogueCodes.BadCode, Cast.Governor, "catalogue", "register", new RegisterLicenceType());

    [Fact]
    public void Only_a_govern_key_of_a_validating_member_registers() =>
        _chain.Refuses(TransactionCodes.MissingRole, Cast.Verifier, "catalogue", "register", new RegisterLicenceType { Type = Samples.ResidentId() });

    private Receipt Register(Action<LicenceTypeRecord> change) => _chain.MustRun(Cast.Governor, "catalogue", "register", Arguments(change));

    private void Refuses(string code, Action<LicenceTypeRecord> spoil) => _chain.Refuses(code, Cast.Governor, "catalogue", "register", Arguments(spoil));

    private static RegisterLicenceType Arguments(Action<LicenceTypeRecord> change)
    {
        var type = Samples.ResidentId();
        change(type);
        return new RegisterLicenceType { Type = type };
    }
}
