namespace LicenceChain.Fuzzing;

/// <summary>What to run by hand.</summary>
/// <param name="Target">How the names of the targets begin.</param>
/// <param name="Time">Over all targets.</param>
/// <param name="Seed">Of each target's first input.</param>
/// <param name="Count">At most so many inputs a target.</param>
/// <param name="Input">One input in hexadecimal instead; null for random ones.</param>
internal sealed record CampaignOptions(string Target, TimeSpan Time, int Seed, long Count, string? Input);
