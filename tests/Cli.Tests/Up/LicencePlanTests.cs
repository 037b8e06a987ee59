using LicenceChain.Cli.Samples;
using LicenceChain.Cli.Up;
using LicenceChain.Protocol.Identifiers;

namespace LicenceChain.Cli.Tests.Up;

public sealed class LicencePlanTests
{
    private static readonly OrganisationCode Registrar = OrganisationCode.Mint("11310000MB1LC0001");
    private static readonly SampleSet Samples = SampleReader.Read(Repository.Samples).Set!;
    private static readonly LicencePlan Plan = LicencePlan.For(Samples, Registrar);

    [Theory]
    [InlineData("resident-id", "11100000000013127D001")]
    [InlineData("business-licence", "11100000MB0143028R001")]
    [InlineData("real-estate-title", "11100000MB03271699001")]
    [InlineData("marriage-certificate", "111000000000131433001")]
    public void A_type_with_a_known_national_code_uses_it(string type, string code) => Assert.Equal(code, Plan.TypeCodes[type]);

    [Fact]
    public void Every_other_type_gets_a_local_code_under_the_registrar()
    {
        var local = Plan.TypeCodes.Values.Where(TypeCodes.IsLocal).ToList();

        Assert.Equal(8, local.Count);
        Assert.Equal(local.Count, local.Distinct().Count());
        Assert.All(local, code => Assert.StartsWith(Registrar.Value + "L0", code, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_identifier_is_strict_and_its_own()
    {
        Assert.All(Plan.Licences, licence => Assert.True(LicenceId.TryParseStrict(licence.Id.Value, out _)));
        Assert.Equal(Plan.Licences.Count, Plan.Licences.Select(licence => licence.Id).Distinct().Count());
    }

    [Fact]
    public void The_same_samples_give_the_same_identifiers() =>
        Assert.Equal(Plan.Licences.Select(licence => licence.Id), LicencePlan.For(Samples, Registrar).Licences.Select(licence => licence.Id));

    [Fact]
    public void The_identifier_of_the_unknown_licence_is_well_formed_and_never_issued()
    {
        var unknown = Plan.NeverIssued("S000000");

        Assert.True(LicenceId.TryParseStrict(unknown.Value, out _));
        Assert.DoesNotContain(Plan.Licences, licence => licence.Id == unknown);
    }

    [Fact]
    public void Fates_of_the_file_reach_the_plan() =>
        Assert.Equal(Samples.Fates.Count, Plan.Licences.Count(licence => licence.Fate != Fate.Unspecified));
}
