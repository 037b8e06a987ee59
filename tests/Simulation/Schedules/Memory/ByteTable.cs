using System.Diagnostics.CodeAnalysis;

namespace LicenceChain.Simulation.Schedules.Memory;

/// <summary>Results of pure functions of bytes, found again only for identical bytes. When its bound is reached it starts anew: it changes no result, only time.</summary>
internal sealed class ByteTable<T>(long maxBytes)
{
    private readonly Dictionary<ulong, (ReadOnlyMemory<byte> Key, T Value)> _entries = [];
    private long _bytes;

    public bool TryGet(ReadOnlySpan<byte> key, ulong fingerprint, [MaybeNullWhen(false)] out T value)
    {
        if (_entries.TryGetValue(fingerprint, out var entry) && entry.Key.Span.SequenceEqual(key))
        {
            value = entry.Value;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary><paramref name="key"/> is kept, not copied.</summary>
    public void Add(ReadOnlyMemory<byte> key, ulong fingerprint, T value)
    {
        if (_bytes > maxBytes)
        {
            _entries.Clear();
            _bytes = 0;
        }

        _bytes += key.Length;
        _entries[fingerprint] = (key, value);
    }
}
