namespace LicenceChain.Simulation.Model;

/// <summary>A rule that does not hold in some state; thrown where it is seen, told with its trace by the search.</summary>
internal sealed class ModelViolation(string rule, string detail) : Exception($"{rule}: {detail}")
{
    /// <summary>A stable word: fork, contradiction, certificate, …</summary>
    public string Rule => rule;
}
