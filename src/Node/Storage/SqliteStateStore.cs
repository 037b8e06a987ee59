using System.Collections.Concurrent;
using LicenceChain.Contracts;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.State;
using Microsoft.Data.Sqlite;

namespace LicenceChain.Node.Storage;

/// <summary>
/// State rows in SQLite. A thread of its own writes, at most <see cref="MaxLag"/> blocks behind; what is not yet written is read from memory. After a crash
/// the rows are some blocks behind the block log, which is then replayed.
/// </summary>
internal sealed class SqliteStateStore : IStateStore
{
    /// <summary>Blocks that may wait for the writer. At 200 ms a block this covers its longest stall, a checkpoint of 0.65 s, with room.</summary>
    public const int MaxLag = 8;

    // Leaves given to the tree at once while it is built: large enough to share inner nodes, small enough for memory.
    private const int LoadBatch = 65_536;

    private readonly string _path;
    private readonly SqliteWriter _writer;
    private readonly BlockingCollection<StateCommit> _queue = new(MaxLag);
    private readonly ConcurrentBag<SqliteReader> _readers = [];
    private readonly PendingRows _pending = new();
    private readonly RowCache _cache = new();
    private readonly Thread _thread;
    private volatile Exception? _failure;
    private bool _disposed;

    private SqliteStateStore(string path, SqliteWriter writer)
    {
        _path = path;
        _writer = writer;
        OpenedAt = writer.ReadMark();
        Shared = new SharedReader(this);
        _thread = new Thread(WriteAll) { Name = "state-writer", IsBackground = true };
        _thread.Start();
    }

    /// <inheritdoc/>
    public StateMark? OpenedAt { get; }

    /// <inheritdoc/>
    public IStateReader Shared { get; }

    /// <summary>
    /// Called on the writer's thread once a block's rows are written and before the next block's are: who opens <see cref="FrozenRows"/> here gets exactly that
    /// block's. Set before the first commit; must not throw.
    /// </summary>
    public Action<Height> Written { get; set; } = static _ => { };

    /// <summary>Opens or makes the database; throws <see cref="CorruptStorageException"/> when SQLite refuses the file.</summary>
    public static SqliteStateStore Open(string path)
    {
        try
        {
            return new SqliteStateStore(path, new SqliteWriter(path));
        }
        catch (SqliteException e)
        {
            throw new CorruptStorageException($"{path} cannot be opened: {e.Message}. It is derived from the blocks: remove it and it is built again.", e);
        }
    }

    /// <inheritdoc/>
    public void Commit(StateCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        ThrowIfFailed();
        _pending.Add(commit);
        foreach (var write in commit.Writes) _cache.Set(write.Key, write.Value);
        try
        {
            _queue.Add(commit);
        }
        catch (InvalidOperationException) when (_failure is not null)
        {
            ThrowIfFailed();
        }
    }

    /// <inheritdoc/>
    public bool TryGetHot(StateKey key, out ReadOnlyMemory<byte>? value) => _pending.TryGet(key, out value) || _cache.TryGet(key, out value);

    /// <inheritdoc/>
    public bool TryGet(StateKey key, out ReadOnlyMemory<byte> value)
    {
        if (TryGetHot(key, out var hot))
        {
            value = hot.GetValueOrDefault();
            return hot is not null;
        }

        var found = TryReadRow(key, out value);
        if (found) _cache.Set(key, value);
        return found;
    }

    /// <inheritdoc/>
    public bool TryGetTransaction(TransactionId transaction, out Height height, out int index)
    {
        var found = _pending.TryGet(transaction, out var place);
        if (!found)
        {
            var reader = Rent();
            found = reader.TryGet(transaction, out place);
            _readers.Add(reader);
        }

        (height, index) = place;
        return found;
    }

    /// <inheritdoc/>
    public IEnumerable<(TransactionId Transaction, Height Height)> TransactionsFrom(Height from)
    {
        using var connection = SqliteSchema.OpenReader(_path);
        using var command = SqliteSchema.Command(connection, "SELECT id, height FROM tx WHERE height >= $h", "$h");
        command.Parameters[0].Value = (long)from.Value;
        using var rows = command.ExecuteReader();
        while (rows.Read()) yield return (new TransactionId(Hash256.From(rows.GetFieldValue<byte[]>(0))), new Height((ulong)rows.GetInt64(1)));
    }

    /// <inheritdoc/>
    public SparseMerkleTree LoadTree()
    {
        using var connection = SqliteSchema.OpenReader(_path);
        using var command = SqliteSchema.Command(connection, "SELECT key, value FROM state");
        using var rows = command.ExecuteReader();
        var tree = SparseMerkleTree.Empty;
        var batch = new List<StateLeafChange>(LoadBatch);
        while (rows.Read())
        {
            batch.Add(new StateLeafChange(Sm3.Hash(rows.GetFieldValue<byte[]>(0)), Sm3.Hash(rows.GetFieldValue<byte[]>(1))));
            if (batch.Count < LoadBatch) continue;
            tree = tree.Apply(batch);
            batch.Clear();
        }

        return tree.Apply(batch);
    }

    /// <inheritdoc/>
    public void Drain()
    {
        using var done = new ManualResetEventSlim();
        _queue.Add(new StateCommit(new DrainMark(done), [], []));
        while (!done.Wait(TimeSpan.FromMilliseconds(100))) ThrowIfFailed();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _queue.CompleteAdding();
        _thread.Join();
        while (_readers.TryTake(out var reader)) reader.Dispose();
        _writer.Dispose();
        _queue.Dispose();
    }

    private void WriteAll()
    {
        try
        {
            foreach (var commit in _queue.GetConsumingEnumerable())
            {
                if (commit.Mark is DrainMark drain)
                {
                    drain.Done.Set();
                    continue;
                }

                _writer.Write(commit);
                _pending.Remove(commit);
                Written(commit.Mark.Height);
                _writer.CheckpointWhenDue();
            }
        }
        catch (SqliteException e)
        {
            _failure = e; // the loop sees it at its next commit and stops
            _queue.CompleteAdding();
        }
    }

    private bool TryReadRow(StateKey key, out ReadOnlyMemory<byte> value)
    {
        var reader = Rent();
        var found = reader.TryGet(key, out value);
        _readers.Add(reader); // a reader that threw is not given back
        return found;
    }

    private SqliteReader Rent() => _readers.TryTake(out var reader) ? reader : new SqliteReader(_path);

    private void ThrowIfFailed()
    {
        if (_failure is { } failure) throw new CorruptStorageException($"{_path} cannot be written: {failure.Message}.", failure);
    }

    private sealed record DrainMark(ManualResetEventSlim Done) : StateMark(default, default, default);

    private sealed class SharedReader(SqliteStateStore store) : IStateReader
    {
        public bool TryGet(StateKey key, out ReadOnlyMemory<byte> value)
        {
            if (!store.TryGetHot(key, out var hot)) return store.TryReadRow(key, out value);
            value = hot.GetValueOrDefault();
            return hot is not null;
        }
    }
}
