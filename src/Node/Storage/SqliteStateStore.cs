using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using LicenceChain.Contracts;
using LicenceChain.Node.Diagnostics;
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

    private readonly string _path;
    private readonly SqliteWriter _writer;
    private readonly BlockingCollection<Waiting> _queue = new(MaxLag);
    private readonly ConcurrentBag<SqliteReader> _readers = [];
    private readonly PendingRows _pending = new();
    private readonly RowCache _cache = new();
    private readonly Thread _thread;
    private volatile Exception? _failure;
    private long _committed;
    private bool _disposed;

    private SqliteStateStore(string path, SqliteWriter writer, StateMark? mark)
    {
        _path = path;
        _writer = writer;
        OpenedAt = mark;
        _committed = (long)(mark?.Height.Value ?? 0);
        Shared = new SharedReader(this);
        _thread = new Thread(WriteAll) { Name = "state-writer", IsBackground = true };
        _thread.Start();
    }

    /// <inheritdoc/>
    public StateMark? OpenedAt { get; }

    /// <inheritdoc/>
    public IStateReader Shared { get; }

    /// <inheritdoc/>
    public Height Committed => new((ulong)Volatile.Read(ref _committed));

    /// <summary>
    /// Called on the writer's thread once a block's rows are written and before the next block's are: who opens <see cref="FrozenRows"/> here gets exactly that
    /// block's. Set before the first commit; must not throw.
    /// </summary>
    public Action<Height> Written { get; set; } = static _ => { };

    /// <summary>
    /// Opens or makes the database. Throws <see cref="StateDamagedException"/> when what stands there is no sound one, and <see cref="StorageFaultException"/> when the disk does not take it.
    /// </summary>
    public static SqliteStateStore Open(string path)
    {
        SqliteWriter? writer = null;
        try
        {
            writer = new SqliteWriter(path);
            var mark = writer.ReadMark();
            if (mark is null && writer.HasRows()) throw new StateDamagedException("It has rows and does not say which block they stand after.");
            return new SqliteStateStore(path, writer, mark);
        }
        catch (SqliteException e)
        {
            writer?.Dispose();
            throw Failure(path, e);
        }
        catch
        {
            writer?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Commit(StateCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        ThrowIfFailed();
        Volatile.Write(ref _committed, (long)commit.Mark.Height.Value);
        _pending.Add(commit);
        foreach (var write in commit.Writes) _cache.Set(write.Key, write.Value);
        try
        {
            _queue.Add(new Waiting(commit, null));
        }
        catch (InvalidOperationException) when (_failure is not null)
        {
            ThrowIfFailed();
        }
    }

    /// <inheritdoc/>
    public void Condemn(StateDamagedException damage) => _failure ??= damage;

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
            found = Read((SqliteReader reader, TransactionId id, out (Height, int) value) => reader.TryGet(id, out value), transaction, out place);
        }

        (height, index) = place;
        return found;
    }

    /// <inheritdoc/>
    public IEnumerable<(TransactionId Transaction, Height Height)> TransactionsFrom(Height from)
    {
        try
        {
            using var connection = SqliteSchema.OpenReader(_path);
            using var command = SqliteSchema.Command(connection, "SELECT id, height FROM tx WHERE height >= $h", "$h");
            command.Parameters[0].Value = (long)from.Value;
            using var rows = command.ExecuteReader();
            var found = new List<(TransactionId, Height)>();
            while (rows.Read()) found.Add((new TransactionId(Hash256.From(rows.GetFieldValue<byte[]>(0))), new Height((ulong)rows.GetInt64(1))));
            return found;
        }
        catch (SqliteException e)
        {
            throw Failure(_path, e);
        }
    }

    /// <inheritdoc/>
    public SparseMerkleTree LoadTree()
    {
        try
        {
            return StateTreeLoader.Load(_path);
        }
        catch (SqliteException e)
        {
            throw Failure(_path, e);
        }
    }

    /// <inheritdoc/>
    public void Drain()
    {
        using var done = new ManualResetEventSlim();
        _queue.Add(new Waiting(null, done));
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
            foreach (var waiting in _queue.GetConsumingEnumerable())
            {
                if (waiting.Commit is { } commit)
                {
                    _writer.Write(commit);
                    _pending.Remove(commit);
                    Written(commit.Mark.Height);
                    _writer.CheckpointWhenDue();
                }

                waiting.Done?.Set();
            }
        }
        catch (SqliteException e)
        {
            _failure = Failure(_path, e); // the loop sees it at its next commit and stops
            _queue.CompleteAdding();
        }
    }

    private bool TryReadRow(StateKey key, out ReadOnlyMemory<byte> value) =>
        Read((SqliteReader reader, StateKey wanted, out ReadOnlyMemory<byte> row) => reader.TryGet(wanted, out row), key, out value);

    private bool Read<TKey, TValue>(ReaderLookup<TKey, TValue> lookup, TKey key, out TValue value)
    {
        try
        {
            var reader = _readers.TryTake(out var idle) ? idle : new SqliteReader(_path);
            var found = lookup(reader, key, out value);
            _readers.Add(reader); // a reader that threw is not given back
            return found;
        }
        catch (SqliteException e)
        {
            var failure = Failure(_path, e);
            _failure ??= failure; // read on whatever thread: the loop stops at its next commit
            throw failure;
        }
    }

    private void ThrowIfFailed()
    {
        if (_failure is { } failure) ExceptionDispatchInfo.Throw(failure);
    }

    private static Exception Failure(string path, SqliteException e) =>
        SqliteFaults.IsDamage(e) ? new StateDamagedException($"SQLite says: {e.Message}", e) : SqliteFaults.Disk(path, e);

    private delegate bool ReaderLookup<TKey, TValue>(SqliteReader reader, TKey key, out TValue value);

    // One of the two: a block to write, or somebody to tell that everything before is written.
    private readonly record struct Waiting(StateCommit? Commit, ManualResetEventSlim? Done);

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
