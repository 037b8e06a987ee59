using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Sdk.Wallets;

/// <summary>A grant as its holder signed it. It holds once <c>authorisations.grant</c> put it on chain.</summary>
/// <param name="Id">SM3 of the statement.</param>
/// <param name="Argument">For <c>authorisations.grant</c>.</param>
public sealed record SignedGrant(GrantId Id, RegisterGrant Argument);
