namespace LicenceChain.Contracts.Recognition;

/// <summary>What the first rule that decides has found.</summary>
internal sealed record Finding(string Code, IReadOnlyList<string> Clauses, string Chinese, string English);
