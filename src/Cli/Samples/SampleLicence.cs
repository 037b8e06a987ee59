using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Cli.Samples;

/// <summary>A row of licences.csv.</summary>
/// <param name="Serial">1 to 32 of 0-9, A-Z; names the row.</param>
/// <param name="Type">Catalogue code.</param>
/// <param name="Region">Of the issuer.</param>
/// <param name="Issuer">An agency of that region.</param>
/// <param name="HolderCode">Citizen or organisation code; names the holder's wallet, goes nowhere else.</param>
/// <param name="ValidFrom">Midnight of the issue date.</param>
/// <param name="ValidUntil">First instant at which it is no longer valid; null: no end.</param>
/// <param name="Attributes">Exactly those of the type, in the type's order.</param>
internal sealed record SampleLicence(
    string Serial,
    string Type,
    RegionCode Region,
    OrganisationCode Issuer,
    string HolderCode,
    UnixTime ValidFrom,
    UnixTime? ValidUntil,
    IReadOnlyList<KeyValuePair<string, string>> Attributes);
