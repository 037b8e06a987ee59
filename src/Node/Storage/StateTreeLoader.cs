using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Merkle;

namespace LicenceChain.Node.Storage;

/// <summary>
/// Builds the state tree from its rows: the longest part of a start. One thread reads while the others hash, and the tree takes as many leaves at once as memory allows, since each batch
/// hashes the upper levels anew.
/// </summary>
internal static class StateTreeLoader
{
    // Rows hashed by one task.
    private const int ChunkRows = 4_096;

    // Leaves given to the tree at once: 72 bytes each, twice while they are sorted.
    private const int BatchRows = 1_048_576;

    /// <summary>Reads every row of the database.</summary>
    public static SparseMerkleTree Load(string path)
    {
        using var connection = SqliteSchema.OpenReader(path);
        using var command = SqliteSchema.Command(connection, "SELECT key, value FROM state");
        using var rows = command.ExecuteReader();
        var tree = SparseMerkleTree.Empty;
        var batch = new List<StateLeafChange>();
        var hashing = new Queue<Task<StateLeafChange[]>>();
        var chunk = new List<(byte[] Key, byte[] Value)>(ChunkRows);
        var atOnce = 2 * Environment.ProcessorCount;
        while (rows.Read())
        {
            chunk.Add((rows.GetFieldValue<byte[]>(0), rows.GetFieldValue<byte[]>(1)));
            if (chunk.Count == ChunkRows) Pass();
        }

        Pass();
        while (hashing.Count > 0) Take();
        return batch.Count == 0 ? tree : tree.Apply(batch);

        void Pass()
        {
            var passed = chunk.ToArray();
            chunk.Clear();
            hashing.Enqueue(Task.Run(() => Hash(passed)));
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

    private static StateLeafChange[] Hash((byte[] Key, byte[] Value)[] rows)
    {
        var leaves = new StateLeafChange[rows.Length];
        for (var i = 0; i < leaves.Length; i++) leaves[i] = new StateLeafChange(Sm3.Hash(rows[i].Key), Sm3.Hash(rows[i].Value));
        return leaves;
    }
}
