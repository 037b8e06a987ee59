using LicenceChain.Cli.Samples;

namespace LicenceChain.Cli.Up;

/// <summary>What a Verifier must answer in a scenario.</summary>
internal sealed record Expectation(Scenario Scenario, string Outcome, string Code);
