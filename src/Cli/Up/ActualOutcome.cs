namespace LicenceChain.Cli.Up;

/// <summary>One kind of answer in a scenario: how often, and its words for one of them.</summary>
internal sealed record ActualOutcome(string Outcome, string Code, int Count, string English, string Chinese);
