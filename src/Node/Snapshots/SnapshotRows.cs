using System.Diagnostics.CodeAnalysis;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Snapshots;

/// <summary>
/// The rows of a chunk, where they stand in its bytes. Read without a message in between: there are millions of them, and the form is a fixed one (<c>SnapshotRowsMessage</c>,
/// canonical: a row is a key and, unless it is empty, a value).
/// </summary>
internal sealed class SnapshotRows
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly Range[] _parts;

    private SnapshotRows(ReadOnlyMemory<byte> bytes, Range[] parts) => (_bytes, _parts) = (bytes, parts);

    /// <summary>Rows; at least one.</summary>
    public int Count => _parts.Length / 2;

    /// <summary>Reads a chunk; false unless it is canonical, within bounds, and its keys ascend.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out SnapshotRows? rows)
    {
        rows = null;
        if (bytes.IsEmpty || bytes.Length > SnapshotLimits.ChunkBytes) return false;
        var all = bytes.Span;
        var parts = new List<Range>();
        for (var at = 0; at < all.Length;)
        {
            if (!WireField.TryTake(all, all.Length, WireField.First, ref at, out var row)) return false;
            var (inner, end) = (row.Start.Value, row.End.Value);
            if (!WireField.TryTake(all, end, WireField.First, ref inner, out var key)
                || !WireField.TryTakeOptional(all, end, WireField.Second, ref inner, out var value) // none at all: a list that became empty
                || inner != end
                || all[key].Length is 0 or > ProtocolLimits.MaxStateKeyBytes || all[value].Length > ProtocolLimits.MaxStateValueBytes
                || (parts.Count > 0 && all[key].SequenceCompareTo(all[parts[^2]]) <= 0))
                return false;
            parts.Add(key);
            parts.Add(value);
        }

        rows = new SnapshotRows(bytes, [.. parts]);
        return true;
    }

    /// <summary>A row's key, 1 to 160 bytes.</summary>
    public ReadOnlySpan<byte> Key(int index) => _bytes.Span[_parts[2 * index]];

    /// <summary>A row's value; empty for a list that became empty.</summary>
    public ReadOnlyMemory<byte> Value(int index) => _bytes[_parts[(2 * index) + 1]];

    /// <summary>The rows as leaves of the state tree.</summary>
    public StateLeaf[] ToLeaves()
    {
        var digests = new Hash256[_parts.Length];
        Sm3Batch.Hash(_bytes.Span, _parts, digests);
        var leaves = new StateLeaf[Count];
        for (var i = 0; i < leaves.Length; i++) leaves[i] = new StateLeaf(digests[2 * i], digests[(2 * i) + 1]);
        return leaves;
    }
}
