namespace LicenceChain.EndToEnd.Faults.Hosts;

/// <summary>What a way does to packets.</summary>
/// <param name="Delay">How long each takes at least.</param>
/// <param name="Jitter">Up to this much more.</param>
/// <param name="Loss">Share that never arrives, 0 to 1.</param>
/// <param name="Duplication">Share that arrives twice.</param>
/// <param name="Overtaking">Share that arrives up to <see cref="Behind"/> after those that left later.</param>
/// <param name="BytesPerSecond">What the line takes.</param>
internal readonly record struct PathQuality(TimeSpan Delay, TimeSpan Jitter, double Loss, double Duplication, double Overtaking, long BytesPerSecond)
{
    /// <summary>What waits for the line at most, and never longer than a second; beyond, packets are lost, as in a router.</summary>
    private const int MostQueueBytes = 1024 * 1024;

    /// <summary>How late a packet is that others overtake.</summary>
    public static readonly TimeSpan Behind = TimeSpan.FromMilliseconds(20);

    /// <summary>Bytes that may wait for the line.</summary>
    public long QueueBytes => long.Min(MostQueueBytes, BytesPerSecond);

    /// <summary>A way within one machine.</summary>
    public static readonly PathQuality Near = new(default, default, 0, 0, 0, 1_000_000_000);

    /// <summary>A rented line between two provinces on a good day.</summary>
    public static PathQuality Line(TimeSpan delay) => new(delay, TimeSpan.FromMilliseconds(3), 0.000_5, 0.000_2, 0.002, 12_500_000);
}
