namespace LicenceChain.Cli.Samples;

/// <summary>Broken samples as the failure of a command.</summary>
internal static class SampleFailure
{
    public static CommandFailure Of(string folder, SampleReading reading) => CommandFailure.BadInput(
        $"{reading.ProblemCount} problem(s) in the samples '{folder}'; nothing was created or started.", [.. reading.Problems.Select(problem => problem.ToString())]);
}
