namespace LicenceChain.Cli.Samples;

/// <summary>Collects what is wrong, so that one run shows the first few faults and not only the very first.</summary>
internal sealed class SampleProblems
{
    /// <summary>More than anybody mends in one go.</summary>
    public const int MaxShown = 10;

    private readonly List<SampleProblem> _shown = [];

    /// <summary>The first <see cref="MaxShown"/> problems.</summary>
    public IReadOnlyList<SampleProblem> Shown => _shown;

    /// <summary>How many there are in all.</summary>
    public int Count { get; private set; }

    public void Add(SampleProblem problem)
    {
        Count++;
        if (_shown.Count < MaxShown) _shown.Add(problem);
    }

    public void AddFile(string file, string why, string? name = null) => Add(new SampleProblem(file, null, null, name, why));
}
