using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Cli.Samples;

/// <summary>What a row of licences.csv may refer to, and where it comes from, for messages: other files of the folder, or the chain.</summary>
internal sealed record LicenceContext(
    IReadOnlyDictionary<string, SampleType> Types,
    string TypesFrom,
    IReadOnlyDictionary<OrganisationCode, SampleAgency> Issuers,
    string IssuersFrom,
    IReadOnlyCollection<RegionCode> Regions,
    string RegionsFrom)
{
    public static LicenceContext Of(IReadOnlyDictionary<string, SampleType> types, IReadOnlyList<SampleAgency> agencies, SampleAgreement agreement) =>
        new(types, TypesFile.Name, agencies.ToDictionary(agency => agency.Code), AgenciesFile.Name, agreement.Regions, AgreementFile.Name);
}
