using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Storage;

/// <summary>Where each height stands: 16 bytes a block. A height without a place is missing: its record is damaged, or gone with its file. Safe from any thread.</summary>
internal sealed class BlockIndex
{
    private readonly Lock _lock = new();
    private readonly List<Place> _places = [];
    private ulong _lowest;
    private long _missing;
    private bool _hasBeginning;

    /// <summary>The highest height known to have been stored; null while empty.</summary>
    public Height? Head
    {
        get
        {
            lock (_lock) return _places.Count == 0 ? null : new Height(_lowest + (ulong)_places.Count - 1);
        }
    }

    /// <summary>The lowest; where the next block goes, while empty.</summary>
    public Height Lowest
    {
        get
        {
            lock (_lock) return new Height(_lowest);
        }
    }

    /// <summary>Heights without a place.</summary>
    public long Missing
    {
        get
        {
            lock (_lock) return _missing;
        }
    }

    /// <summary>Says where an empty index begins.</summary>
    public void BeginAt(ulong lowest)
    {
        lock (_lock)
        {
            if (_places.Count > 0) return;
            _lowest = lowest;
            _hasBeginning = true;
        }
    }

    /// <summary>Heights above the head, up to this one, were stored and are missing. Nothing where it is not known where the chain begins.</summary>
    public void ExtendTo(ulong height)
    {
        lock (_lock)
            while (_hasBeginning && _lowest + (ulong)_places.Count <= height)
            {
                _places.Add(default);
                _missing++;
            }
    }

    /// <summary>Gives a height its place; those between the head and it are missing.</summary>
    public void Set(ulong height, RecordFile file, long offset)
    {
        lock (_lock)
        {
            if (height < _lowest) return;
            _hasBeginning = true;
            ExtendTo(height);
            var at = (int)(height - _lowest);
            if (_places[at].File is null) _missing--;
            _places[at] = new Place(file, offset);
        }
    }

    /// <summary>Looks a height up; false when it is missing or not held.</summary>
    public bool TryGet(Height height, out Place place)
    {
        lock (_lock)
        {
            place = height.Value >= _lowest && height.Value - _lowest < (ulong)_places.Count ? _places[(int)(height.Value - _lowest)] : default;
            return place.File is not null;
        }
    }

    /// <summary>What stood there does not check out.</summary>
    public void SetMissing(Height height, Place place)
    {
        lock (_lock)
        {
            if (!TryGet(height, out var held) || held != place) return; // healed or archived meanwhile
            _places[(int)(height.Value - _lowest)] = default;
            _missing++;
        }
    }

    /// <summary>The highest missing height that is not above <paramref name="ceiling"/>.</summary>
    public Height? HighestMissing(Height ceiling)
    {
        lock (_lock)
        {
            if (_missing == 0 || ceiling.Value < _lowest) return null;
            for (var i = (long)ulong.Min(ceiling.Value - _lowest, (ulong)_places.Count - 1); i >= 0; i--)
                if (_places[(int)i].File is null)
                    return new Height(_lowest + (ulong)i);
            return null;
        }
    }

    /// <summary>Forgets the heights below.</summary>
    public void RemoveBelow(Height height)
    {
        lock (_lock)
        {
            if (height.Value <= _lowest) return;
            var count = (int)ulong.Min(height.Value - _lowest, (ulong)_places.Count);
            _missing -= _places.Take(count).Count(p => p.File is null);
            _places.RemoveRange(0, count);
            _lowest += (ulong)count;
        }
    }

    /// <summary>A record's file and where it begins in it.</summary>
    internal readonly record struct Place(RecordFile? File, long Offset);
}
