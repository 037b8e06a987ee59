using System.Collections.Concurrent;
using LicenceChain.Protocol.State;

namespace LicenceChain.Node.Storage;

/// <summary>
/// Rows read or written lately: keys, members and types are read by every transaction. Two generations: when the young one is full the old one is
/// dropped, so eviction costs nothing. Only the loop adds (a reader of another thread could add a row that was changed meanwhile); any thread reads.
/// </summary>
internal sealed class RowCache
{
    /// <summary>Rows in one generation: at about 300 bytes a row, two generations take some 40 MB.</summary>
    public const int GenerationRows = 65_536;

    private volatile ConcurrentDictionary<StateKey, ReadOnlyMemory<byte>?> _young = new();
    private volatile ConcurrentDictionary<StateKey, ReadOnlyMemory<byte>?> _old = new();
    private int _count;

    /// <summary>True when the row is known; null means known to be absent.</summary>
    public bool TryGet(StateKey key, out ReadOnlyMemory<byte>? value) => _young.TryGetValue(key, out value) || _old.TryGetValue(key, out value);

    /// <summary>Adds or replaces.</summary>
    public void Set(StateKey key, ReadOnlyMemory<byte>? value)
    {
        if (_count >= GenerationRows)
        {
            _old = _young;
            _young = new ConcurrentDictionary<StateKey, ReadOnlyMemory<byte>?>();
            _count = 0;
        }

        _young[key] = value;
        _count++; // counts replacements too: a little early is as good
    }
}
