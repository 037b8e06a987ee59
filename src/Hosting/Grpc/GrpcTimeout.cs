using System.Globalization;

namespace LicenceChain.Hosting.Grpc;

/// <summary>The grpc-timeout header: at most 8 digits and a unit (H, M, S, m, u, n).</summary>
internal static class GrpcTimeout
{
    private const int MaxDigits = 8;

    /// <summary>Reads a header value; clamps to <see cref="GrpcLimits.MaxTimeout"/> (pitfall 8). False for any other form.</summary>
    public static bool TryParse(string value, out TimeSpan timeout)
    {
        timeout = default;
        if (value.Length is < 2 or > MaxDigits + 1) return false;
        if (!uint.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        var ticks = value[^1] switch
        {
            'H' => number * TimeSpan.TicksPerHour,
            'M' => number * TimeSpan.TicksPerMinute,
            'S' => number * TimeSpan.TicksPerSecond,
            'm' => number * TimeSpan.TicksPerMillisecond,
            'u' => number * TimeSpan.TicksPerMicrosecond,
            'n' => number / TimeSpan.NanosecondsPerTick,
            _ => -1,
        };
        if (ticks < 0) return false;
        timeout = new TimeSpan(Math.Min(ticks, GrpcLimits.MaxTimeout.Ticks));
        return true;
    }

    /// <summary>In milliseconds, rounded up so that the server never gives up before the caller.</summary>
    public static string Format(TimeSpan timeout)
    {
        var milliseconds = (long)Math.Ceiling(Math.Clamp(timeout.TotalMilliseconds, 1, GrpcLimits.MaxTimeout.TotalMilliseconds));
        return milliseconds.ToString(CultureInfo.InvariantCulture) + "m";
    }
}
