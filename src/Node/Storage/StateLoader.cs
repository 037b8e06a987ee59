using Google.Protobuf;
using LicenceChain.Protocol.Primitives;
using Microsoft.Data.Sqlite;

namespace LicenceChain.Node.Storage;

/// <summary>Fills a new state.db in one go: rows in the order of their keys, so that pages are written once. Nothing of it counts before <see cref="Complete"/>.</summary>
internal sealed class StateLoader : IStateLoader
{
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly SqliteStatement _row;
    private readonly SqliteStatement _place;
    private readonly SqliteStatement _set;

    public StateLoader(string path)
    {
        _path = path;
        _connection = SqliteSchema.OpenLoader(path);
        _transaction = _connection.BeginTransaction();
        _row = new SqliteStatement(_connection, "INSERT INTO state(key, value) VALUES(?, ?)");
        _place = new SqliteStatement(_connection, "INSERT OR REPLACE INTO tx(id, height, position) VALUES(?, ?, ?)");
        _set = new SqliteStatement(_connection, "INSERT INTO sets(height, content) VALUES(?, ?)");
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        _row.Bind(1, key);
        _row.Bind(2, value);
        _row.Run();
    }

    /// <inheritdoc/>
    public void Add(Height height, IReadOnlyList<TransactionId> transactions)
    {
        _place.Bind(2, (long)height.Value);
        for (var i = 0; i < transactions.Count; i++)
        {
            var id = transactions[i].Value;
            _place.Bind(1, id.Span);
            _place.Bind(3, i);
            _place.Run();
        }
    }

    /// <inheritdoc/>
    public void Add(SetChange change)
    {
        _set.Bind(1, (long)change.Header.Height.Value);
        _set.Bind(2, change.ToMessage().ToByteArray());
        _set.Run();
    }

    /// <inheritdoc/>
    public void Complete(StateMark mark)
    {
        using (var meta = SqliteSchema.Command(_connection, "INSERT INTO meta(name, value) VALUES($n, $v)", "$n", "$v"))
        {
            meta.Transaction = _transaction;
            foreach (var (name, value) in StateMarkRows.Of(mark))
            {
                (meta.Parameters[0].Value, meta.Parameters[1].Value) = (name, value);
                meta.ExecuteNonQuery();
            }
        }

        _transaction.Commit();
        Dispose();
        using var file = File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in new[] { _row, _place, _set }) statement.Dispose();
        _transaction.Dispose();
        _connection.Dispose();
    }
}
