using System.Globalization;

namespace LicenceChain.EndToEnd.Faults;

/// <summary>What one fault cost, as clients and operators saw it.</summary>
/// <param name="Fault">What was done.</param>
/// <param name="WithoutCommits">The longest time between two acknowledgements, from the fault until all was well again.</param>
/// <param name="Recovery">From the end of the fault (healed, restarted, corrected) until the node was ready and at the head again.</param>
/// <param name="Transactions">Acknowledged from the fault until all was well again.</param>
internal sealed record FaultFigure(string Fault, TimeSpan WithoutCommits, TimeSpan Recovery, int Transactions)
{
    public const string Header = "| fault | without commits | recovery | transactions |\n|---|---|---|---|";

    /// <summary>A row of Markdown.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"| {Fault} | {WithoutCommits.TotalSeconds:N1} s | {Recovery.TotalSeconds:N1} s | {Transactions:N0} |");
}
