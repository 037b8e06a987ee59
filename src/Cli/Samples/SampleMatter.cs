using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Cli.Samples;

/// <summary>An entry of matters.json.</summary>
/// <param name="Code">For example <c>school-enrolment</c>.</param>
/// <param name="Name">Chinese name.</param>
/// <param name="Region">Where the matter is dealt with.</param>
/// <param name="Needs">Licence type to the attributes that the matter may ask of it.</param>
internal sealed record SampleMatter(string Code, string Name, RegionCode Region, IReadOnlyDictionary<string, IReadOnlyList<string>> Needs);
