namespace LicenceChain.Cli.Samples;

/// <summary>An entry of licence-types.json.</summary>
/// <param name="Code">Catalogue code, for example <c>resident-id</c>.</param>
/// <param name="Name">Chinese name.</param>
/// <param name="EnglishName">English name.</param>
/// <param name="HeldByPerson">True: a person holds it; false: an organisation.</param>
/// <param name="Department">Which department issues it.</param>
/// <param name="ValidYears">0: no end.</param>
/// <param name="Sensitivity">1 to 4.</param>
/// <param name="Attributes">Names, distinct, in the order of the file.</param>
internal sealed record SampleType(
    string Code, string Name, string EnglishName, bool HeldByPerson, string Department, int ValidYears, int Sensitivity, IReadOnlyList<string> Attributes);
