using System.Diagnostics;

namespace LicenceChain.EndToEnd.Faults;

/// <summary>Every acknowledgement that clients got, in the order in which they got them. Safe for concurrent use.</summary>
internal sealed class AcknowledgementLog
{
    private readonly Lock _lock = new();
    private readonly List<Acknowledgement> _all = [];
    private readonly List<string> _surprises = [];

    public int Count
    {
        get
        {
            lock (_lock) return _all.Count;
        }
    }

    /// <summary>Refusals that a sound client never gets, whatever faults there are.</summary>
    public IReadOnlyList<string> Surprises
    {
        get
        {
            lock (_lock) return [.. _surprises];
        }
    }

    /// <summary>The highest block of any acknowledgement; zero before the first.</summary>
    public ulong Highest
    {
        get
        {
            lock (_lock) return _all.Count == 0 ? 0 : _all.Max(a => a.Height.Value);
        }
    }

    public void Add(Acknowledgement acknowledgement)
    {
        lock (_lock) _all.Add(acknowledgement);
    }

    public void AddSurprise(string what)
    {
        lock (_lock) _surprises.Add(what);
    }

    public IReadOnlyList<Acknowledgement> All()
    {
        lock (_lock) return [.. _all];
    }

    /// <summary>The longest time between two acknowledgements, or since the last of them, that reaches beyond <paramref name="since"/>: what clients saw of a fault.</summary>
    public TimeSpan LongestSilence(long since)
    {
        lock (_lock)
        {
            var first = _all.FindIndex(a => a.At >= since);
            var last = first < 0 ? _all.Count - 1 : int.Max(0, first - 1);
            if (last < 0) return TimeSpan.Zero;
            var longest = TimeSpan.Zero;
            for (var i = last; i < _all.Count; i++)
            {
                var until = i + 1 < _all.Count ? _all[i + 1].At : Stopwatch.GetTimestamp();
                var silence = Stopwatch.GetElapsedTime(_all[i].At, until);
                if (silence > longest) longest = silence;
            }

            return longest;
        }
    }
}
