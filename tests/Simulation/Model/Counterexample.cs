namespace LicenceChain.Simulation.Model;

/// <summary>A rule that does not hold, and the shortest way there.</summary>
internal sealed record Counterexample(ModelViolation Violation, IReadOnlyList<string> Steps)
{
    public override string ToString() =>
        string.Join('\n', Steps.Select((step, i) => $"  {i + 1,2}. {step}").Prepend($"{Violation.Message} after {Steps.Count} steps:"));
}
