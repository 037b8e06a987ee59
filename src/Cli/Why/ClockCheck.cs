using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Cli.Why;

/// <summary>Compares the nodes' clocks: the one in the middle is taken for right, since no single wrong clock moves it.</summary>
internal static class ClockCheck
{
    // What asking and answering may take; the chain allows more (drift_ms).
    private const long ToleratedMs = 3_000;

    // Of two clocks that differ, nobody knows which is wrong.
    private const int Fewest = 3;

    /// <summary>How far each wrong clock is ahead, in milliseconds; behind: negative.</summary>
    public static IReadOnlyDictionary<KeyId, long> WrongClocks(IReadOnlyList<NodeAnswer> answers)
    {
        var offsets = answers.Where(answer => answer.Own is not null)
            .Select(answer => (answer.Own!.Key, Ms: (long)answer.Clock.Milliseconds - (long)answer.AskedAt.Milliseconds)).OrderBy(one => one.Ms).ToList();
        if (offsets.Count < Fewest) return new Dictionary<KeyId, long>();
        var middle = offsets[offsets.Count / 2].Ms;
        return offsets.Where(one => Math.Abs(one.Ms - middle) > ToleratedMs).DistinctBy(one => one.Key).ToDictionary(one => one.Key, one => one.Ms - middle);
    }
}
