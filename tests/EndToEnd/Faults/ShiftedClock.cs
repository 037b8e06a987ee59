using System.Globalization;

namespace LicenceChain.EndToEnd.Faults;

/// <summary>A host's clock that somebody sets: the system's plus the seconds in a file. Timers and elapsed times stay true, as they do when a real clock jumps.</summary>
internal sealed class ShiftedClock(string path) : TimeProvider
{
    // A file is read at most this often: consensus asks for the time with every message.
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private TimeSpan _shift;
    private long? _readAt;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            if (_readAt is not { } at || GetElapsedTime(at) > Fresh)
            {
                _shift = Read(path);
                _readAt = GetTimestamp();
            }

            return base.GetUtcNow() + _shift;
        }
    }

    /// <summary>Sets the clock of the host that reads <paramref name="path"/>, at once as a whole.</summary>
    public static void Set(string path, TimeSpan shift)
    {
        File.WriteAllText(path + ".new", shift.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        File.Move(path + ".new", path, overwrite: true);
    }

    private static TimeSpan Read(string path) => File.Exists(path) ? TimeSpan.FromSeconds(double.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture)) : TimeSpan.Zero;
}
