using System.Diagnostics;

namespace LicenceChain.EndToEnd.Faults.Hosts;

/// <summary>The way from one host to another, one direction. The k-th packet of a way meets the k-th draw of its seed, whatever happens elsewhere.</summary>
internal sealed class PacketPath(PathQuality usual, int seed)
{
    private readonly Random _random = new(seed);
    private long _lineFreeAt;
    private long _lastDue;

    /// <summary>The way as it is without a fault.</summary>
    public PathQuality Usual { get; } = usual;

    /// <summary>The way as it is now.</summary>
    public PathQuality Quality { get; set; } = usual;

    /// <summary>More delay, on top.</summary>
    public TimeSpan Detour { get; set; }

    /// <summary>True while nothing arrives, and nobody is told.</summary>
    public bool IsCut { get; set; }

    /// <summary>Until this Stopwatch timestamp each packet of a connection ends it, and each dial is refused; <see cref="long.MaxValue"/>: until further notice.</summary>
    public long ResetsUntil { get; set; }

    /// <summary>Packets that a draw lost, or a full queue.</summary>
    public long Lost { get; private set; }

    /// <summary>Decides over a packet that sets out at <paramref name="now"/>.</summary>
    /// <param name="bytes">Its length.</param>
    /// <param name="now">Stopwatch timestamp.</param>
    /// <param name="due">When it arrives.</param>
    /// <param name="isTwice">Whether it arrives twice.</param>
    /// <returns>False when it never does.</returns>
    public bool TryCarry(int bytes, long now, out long due, out bool isTwice)
    {
        // Each packet takes as many draws as any other.
        var (loss, duplication, overtaking, jitter) = (_random.NextDouble(), _random.NextDouble(), _random.NextDouble(), _random.NextDouble());
        var onLine = long.Max(now, _lineFreeAt);
        var waits = (double)(onLine - now) / Stopwatch.Frequency * Quality.BytesPerSecond;
        (due, isTwice) = (0, duplication < Quality.Duplication);
        if (IsCut || loss < Quality.Loss || waits + bytes > Quality.QueueBytes)
        {
            Lost++;
            return false;
        }

        _lineFreeAt = onLine + (bytes * Stopwatch.Frequency / Quality.BytesPerSecond);
        due = _lineFreeAt + Ticks(Quality.Delay + Detour + (Quality.Jitter * jitter));
        if (overtaking < Quality.Overtaking) due += Ticks(PathQuality.Behind);
        else _lastDue = due = long.Max(due, _lastDue);
        return true;
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
