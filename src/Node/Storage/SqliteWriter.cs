using Google.Protobuf;
using Microsoft.Data.Sqlite;

namespace LicenceChain.Node.Storage;

/// <summary>The one writing connection with its prepared statements. One thread at a time.</summary>
internal sealed class SqliteWriter : IDisposable
{
    // Inline checkpoints make the tail of commit times (0.1 to 0.65 s). Here they run on the writer's thread, between blocks, while the loop goes on.
    private const long CheckpointBytes = 64L * 1024 * 1024;

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _put;
    private readonly SqliteCommand _remove;
    private readonly SqliteCommand _transaction;
    private readonly SqliteCommand _set;
    private readonly SqliteCommand _meta;
    private readonly FileInfo _log;

    public SqliteWriter(string path)
    {
        _connection = SqliteSchema.OpenWriter(path);
        _put = SqliteSchema.Command(_connection, "INSERT INTO state(key, value) VALUES($k, $v) ON CONFLICT(key) DO UPDATE SET value=excluded.value", "$k", "$v");
        _remove = SqliteSchema.Command(_connection, "DELETE FROM state WHERE key=$k", "$k");
        _transaction = SqliteSchema.Command(_connection, "INSERT OR REPLACE INTO tx(id, height, position) VALUES($i, $h, $p)", "$i", "$h", "$p");
        _set = SqliteSchema.Command(_connection, "INSERT OR REPLACE INTO sets(height, content) VALUES($h, $c)", "$h", "$c");
        _meta = SqliteSchema.Command(_connection, "INSERT OR REPLACE INTO meta(name, value) VALUES($n, $v)", "$n", "$v");
        _log = new FileInfo(path + "-wal");
    }

    /// <summary>Where the rows stand; null for a new database.</summary>
    public StateMark? ReadMark() => StateMarkRows.Read(_connection, transaction: null);

    /// <summary>True when there is any row.</summary>
    public bool HasRows()
    {
        using var command = SqliteSchema.Command(_connection, "SELECT 1 FROM state LIMIT 1");
        return command.ExecuteScalar() is not null;
    }

    /// <summary>Writes one block's changes in one transaction.</summary>
    public void Write(StateCommit commit)
    {
        using var transaction = _connection.BeginTransaction();
        foreach (var command in new[] { _put, _remove, _transaction, _set, _meta }) command.Transaction = transaction;
        foreach (var write in commit.Writes)
        {
            var command = write.Value is null ? _remove : _put;
            command.Parameters[0].Value = write.Key.ToArray();
            if (write.Value is { } value) command.Parameters[1].Value = value.ToArray();
            command.ExecuteNonQuery();
        }

        var height = commit.Mark.Height.Value;
        _transaction.Parameters[1].Value = (long)height;
        for (var i = 0; i < commit.Transactions.Count; i++)
        {
            _transaction.Parameters[0].Value = commit.Transactions[i].Value.ToArray();
            _transaction.Parameters[2].Value = i;
            _transaction.ExecuteNonQuery();
        }

        if (commit.SetChange is { } change)
        {
            _set.Parameters[0].Value = (long)height;
            _set.Parameters[1].Value = change.ToMessage().ToByteArray();
            _set.ExecuteNonQuery();
        }

        foreach (var (name, value) in StateMarkRows.Of(commit.Mark)) PutMeta(name, value);
        transaction.Commit();
    }

    /// <summary>Moves the write-ahead log into the database once it is long.</summary>
    public void CheckpointWhenDue()
    {
        _log.Refresh();
        if (_log.Exists && _log.Length > CheckpointBytes) SqliteSchema.Run(_connection, "PRAGMA wal_checkpoint(PASSIVE)");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in new[] { _put, _remove, _transaction, _set, _meta }) command.Dispose();
        _connection.Dispose(); // the last connection to close checkpoints and removes the log
    }

    private void PutMeta(string name, byte[] value)
    {
        _meta.Parameters[0].Value = name;
        _meta.Parameters[1].Value = value;
        _meta.ExecuteNonQuery();
    }
}
