using LicenceChain.Protocol.Identifiers;

namespace LicenceChain.Cli.Up;

/// <summary>What a Verifier answered to one sample request.</summary>
internal sealed record RequestOutcome(RequestCase Case, string Outcome, string Code, string English, string Chinese, TimeSpan Latency)
{
    /// <summary>True when outcome and reason are the ones that the scenario expects.</summary>
    public bool AsExpected => ScenarioTable.For(Case.Request.Scenario) is var expected && Outcome == expected.Outcome && Code == expected.Code;

    /// <summary>What was asked about.</summary>
    public LicenceId Licence => Case.Asked;
}
