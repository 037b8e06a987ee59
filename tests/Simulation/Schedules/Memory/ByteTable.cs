using System.Diagnostics.CodeAnalysis;

namespace LicenceChain.Simulation.Schedules.Memory;

/// <summary>
/// Results of pure functions of bytes, found again only for identical bytes. Past its bound it starts anew, between two runs only: within one, the same bytes always give the same object.
/// </summary>
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
        _bytes += key.Length;
        _entries[fingerprint] = (key, value);
    }

    /// <summary>Between two runs: starts anew when the bound is passed.</summary>
    public void Trim()
    {
        if (_bytes <= maxBytes) return;
        _entries.Clear();
        _bytes = 0;
    }
}
