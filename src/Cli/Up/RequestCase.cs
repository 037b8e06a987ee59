using LicenceChain.Cli.Samples;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Sdk.Wallets;

namespace LicenceChain.Cli.Up;

/// <summary>One sample request made ready: who asks whom about what, under which grant.</summary>
/// <param name="Request">The row.</param>
/// <param name="Licence">The licence that the row names, with its holder.</param>
/// <param name="Asked">The identifier that is asked about: the licence's, or one that was never issued.</param>
/// <param name="Requester">The organisation that asks.</param>
/// <param name="Grant">What the holder signed; null: nothing.</param>
/// <param name="GrantUntil">When the grant ends; with <paramref name="Grant"/>.</param>
internal sealed record RequestCase(SampleRequest Request, PlannedLicence Licence, LicenceId Asked, OrganisationCode Requester, SignedGrant? Grant, UnixTime GrantUntil);
