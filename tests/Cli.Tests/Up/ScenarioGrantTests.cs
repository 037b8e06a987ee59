using LicenceChain.Cli.Samples;
using LicenceChain.Cli.Up;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Sdk.Wallets;

namespace LicenceChain.Cli.Tests.Up;

public sealed class ScenarioGrantTests
{
    private static readonly OrganisationCode Grantee = OrganisationCode.Mint("11310000MB1LC0001");
    private static readonly LicenceId Licence = LicenceId.Mint("11100000000013127D001", Grantee, "S000001", 1);
    private static readonly UnixTime Now = new(1_800_000_000_000);

    [Fact]
    public void A_good_grant_names_exactly_what_is_asked_for()
    {
        var terms = Terms(Scenario.Granted);

        Assert.Equal(["idNumber", "name"], Assert.Single(terms.Items).Attributes);
        Assert.Equal("school-enrolment", terms.Matter);
        Assert.Equal(1u, terms.Uses);
        Assert.True(terms.From < Now && terms.Until > Now.Plus(3_600_000));
    }

    [Fact]
    public void The_grant_of_attribute_not_granted_lacks_the_last_one() =>
        Assert.Equal(["idNumber"], Assert.Single(Terms(Scenario.AttributeNotGranted).Items).Attributes);

    [Fact]
    public void The_grant_of_wrong_matter_names_another() => Assert.Equal("food-filing", Terms(Scenario.WrongMatter).Matter);

    [Fact]
    public void The_grant_that_expires_has_the_short_life() => Assert.Equal(Now.Plus(10_000), Terms(Scenario.GrantExpired).Until);

    [Fact]
    public void There_is_none_for_no_grant_and_for_a_licence_that_never_was() =>
        Assert.Equal([Scenario.NoGrant, Scenario.UnknownLicence], ScenarioNames.All.Where(ScenarioGrant.IsNone));

    private static GrantTerms Terms(Scenario scenario) =>
        ScenarioGrant.Terms(new SampleRequest("R1", RegionCode.Parse("310000"), "school-enrolment", "S000001", ["idNumber", "name"], scenario), Licence, Grantee, "food-filing", Now, TimeSpan.FromSeconds(10));
}
