using System.Buffers;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Storage;

/// <summary>
/// Builds the state tree from its rows: the longest part of a start. One thread reads while the others hash, and the tree takes as many leaves at once as memory allows, since each batch
/// hashes the upper levels anew.
/// </summary>
internal static class StateTreeLoader
{
    // Bytes of rows hashed by one task; the largest row has room.
    private const int PageBytes = 512 * 1024;
    private const int PageRows = 4_096;

    // Leaves given to the tree at once: 72 bytes each, twice while they are sorted.
    private const int BatchRows = 1_048_576;

    /// <summary>Reads every row of the database.</summary>
    public static SparseMerkleTree Load(string path)
    {
        using var connection = SqliteSchema.OpenReader(path);
        using var rows = new SqliteStatement(connection, "SELECT key, value FROM state");
        var tree = SparseMerkleTree.Empty;
        var batch = new List<StateLeafChange>();
        var hashing = new Queue<Task<StateLeafChange[]>>();
        var page = new Page();
        var atOnce = 2 * Environment.ProcessorCount;
        while (rows.Step())
        {
            if (!page.TryAdd(rows.Column(0), rows.Column(1)))
            {
                Pass();
                page.TryAdd(rows.Column(0), rows.Column(1));
            }
        }

        Pass();
        while (hashing.Count > 0) Take();
        return batch.Count == 0 ? tree : tree.Apply(batch);

        void Pass()
        {
            var passed = page;
            page = new Page();
            hashing.Enqueue(Task.Run(passed.Hash));
            if (hashing.Count > atOnce) Take();
        }

        void Take()
        {
            batch.AddRange(hashing.Dequeue().GetAwaiter().GetResult());
            if (batch.Count < BatchRows) return;
            tree = tree.Apply(batch);
            batch.Clear();
        }
    }

    // Rows one behind the other in a rented buffer.
    private sealed class Page
    {
        private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(PageBytes);
        private readonly List<Range> _parts = new(2 * PageRows);
        private int _length;

        /// <summary>Adds a row; false when the page is full. A row that no page could hold is damage: nothing that large was ever written.</summary>
        public bool TryAdd(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
        {
            if (key.Length > ProtocolLimits.MaxStateKeyBytes || value.Length > ProtocolLimits.MaxStateValueBytes) throw new StateDamagedException("It has a row that is larger than any can be.");
            if (_parts.Count == 2 * PageRows || key.Length + value.Length > PageBytes - _length) return false;
            Add(key);
            Add(value);
            return true;
        }

        /// <summary>The rows as leaves. The page is spent.</summary>
        public StateLeafChange[] Hash()
        {
            var digests = ArrayPool<Hash256>.Shared.Rent(_parts.Count);
            Sm3Batch.Hash(_bytes, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_parts), digests.AsSpan(0, _parts.Count));
            var leaves = new StateLeafChange[_parts.Count / 2];
            for (var i = 0; i < leaves.Length; i++) leaves[i] = new StateLeafChange(digests[2 * i], digests[(2 * i) + 1]);
            ArrayPool<Hash256>.Shared.Return(digests);
            ArrayPool<byte>.Shared.Return(_bytes);
            return leaves;
        }

        private void Add(ReadOnlySpan<byte> part)
        {
            part.CopyTo(_bytes.AsSpan(_length));
            _parts.Add(_length..(_length + part.Length));
            _length += part.Length;
        }
    }
}
