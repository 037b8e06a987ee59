using LicenceChain.Protocol.Identifiers;

namespace LicenceChain.Sdk.Wallets;

/// <summary>One licence of a grant.</summary>
/// <param name="Licence">Which.</param>
/// <param name="Attributes">Names of the attributes that may be asked for; order and repetition do not matter.</param>
public sealed record GrantedLicence(LicenceId Licence, IReadOnlyCollection<string> Attributes);
