using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Sdk.Wallets;

/// <summary>What a holder authorises (一事项一授权).</summary>
/// <param name="Grantee">Who may ask.</param>
/// <param name="Items">Which licences and, of each, which attributes; 1 or more.</param>
/// <param name="Matter">For which matter.</param>
/// <param name="Purpose">In words; empty is allowed. It stands on chain: nothing personal.</param>
/// <param name="From">First instant at which it holds.</param>
/// <param name="Until">First instant at which it no longer holds.</param>
/// <param name="Uses">How often, 1 or more.</param>
public sealed record GrantTerms(
    OrganisationCode Grantee, IReadOnlyList<GrantedLicence> Items, string Matter, string Purpose, UnixTime From, UnixTime Until, uint Uses);
