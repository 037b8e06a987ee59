namespace LicenceChain.EndToEnd.Faults;

/// <summary>A fault of the lines.</summary>
/// <param name="What">For the report.</param>
/// <param name="Begin">Does it.</param>
internal sealed record LineFault(string What, Action Begin);
