namespace LicenceChain.Cli.Samples;

/// <summary>The outcome of reading a samples folder: the whole set, or what is wrong with it.</summary>
/// <param name="Set">Null when there are problems.</param>
/// <param name="Problems">The first few.</param>
/// <param name="ProblemCount">How many in all.</param>
internal sealed record SampleReading(SampleSet? Set, IReadOnlyList<SampleProblem> Problems, int ProblemCount);
