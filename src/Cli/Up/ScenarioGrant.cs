using LicenceChain.Cli.Samples;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Sdk.Wallets;

namespace LicenceChain.Cli.Up;

/// <summary>Which grant the holder signs in each scenario: the one difference from a good one is the scenario's point.</summary>
internal static class ScenarioGrant
{
    /// <summary>Good for a day, long enough for any run.</summary>
    private const ulong LongLife = SampleDate.Day;

    // Grants hold from a little before the block at hand, so that no clock's lead matters.
    private const ulong Lead = 60_000;

    // Words of the form that the holder's app would show; nothing personal, it stands on chain.
    private const string Purpose = "办理事项核验";

    /// <summary>True where the holder signs no grant at all.</summary>
    public static bool IsNone(Scenario scenario) => scenario is Scenario.NoGrant or Scenario.UnknownLicence;

    /// <summary>
    /// The terms for <paramref name="request"/>, asked by <paramref name="grantee"/> for <paramref name="licence"/>, signed at <paramref name="now"/>. A grant that
    /// is to expire holds for <paramref name="shortLife"/>.
    /// </summary>
    public static GrantTerms Terms(SampleRequest request, LicenceId licence, OrganisationCode grantee, string otherMatter, UnixTime now, TimeSpan shortLife)
    {
        IReadOnlyList<string> attributes = request.Scenario == Scenario.AttributeNotGranted ? [.. request.Attributes.SkipLast(1)] : request.Attributes;
        return new GrantTerms(
            grantee,
            [new GrantedLicence(licence, [.. attributes])],
            request.Scenario == Scenario.WrongMatter ? otherMatter : request.Matter,
            Purpose,
            new UnixTime(now.Milliseconds - Lead),
            now.Plus(request.Scenario == Scenario.GrantExpired ? (ulong)shortLife.TotalMilliseconds : LongLife),
            Uses: 1);
    }
}
