using LicenceChain.Contracts;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.State;
using Microsoft.Data.Sqlite;

namespace LicenceChain.Node.Storage;

/// <summary>
/// The rows as they stand after one block, however far the writer goes on meanwhile: a reading connection inside one transaction. The write-ahead log of the
/// database grows for as long as it is held. One thread at a time.
/// </summary>
internal sealed class FrozenRows : IFrozenRows
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;

    private FrozenRows(SqliteConnection connection, SqliteTransaction transaction, StateMark mark) => (_connection, _transaction, Mark) = (connection, transaction, mark);

    /// <inheritdoc/>
    public StateMark Mark { get; }

    /// <summary>Opens them as they stand now; null while the database holds no block.</summary>
    public static FrozenRows? TryOpen(string path)
    {
        var connection = SqliteSchema.OpenReader(path);
        SqliteTransaction? transaction = null;
        try
        {
            transaction = connection.BeginTransaction(deferred: true);
            if (StateMarkRows.Read(connection, transaction) is { } mark) return new FrozenRows(connection, transaction, mark); // the first read freezes
            transaction.Dispose();
            connection.Dispose();
            return null;
        }
        catch
        {
            transaction?.Dispose();
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IEnumerable<(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value)> Rows()
    {
        using var command = Command("SELECT key, value FROM state ORDER BY key");
        using var rows = command.ExecuteReader();
        while (rows.Read()) yield return (rows.GetFieldValue<byte[]>(0), rows.GetFieldValue<byte[]>(1));
    }

    /// <inheritdoc/>
    public bool TryGet(StateKey key, out ReadOnlyMemory<byte> value)
    {
        using var command = Command("SELECT value FROM state WHERE key=$k", "$k");
        command.Parameters[0].Value = key.ToArray();
        var found = command.ExecuteScalar() as byte[];
        value = found;
        return found is not null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<SetChange> SetChangesBelow(Height height)
    {
        using var command = Command("SELECT content FROM sets WHERE height < $h ORDER BY height", "$h");
        command.Parameters[0].Value = (long)height.Value;
        using var rows = command.ExecuteReader();
        var changes = new List<SetChange>();
        while (rows.Read())
        {
            if (!SetChange.TryParse(rows.GetFieldValue<byte[]>(0), out var change))
                throw new CorruptStorageException("The state holds a change of the validator set that is none. Remove state.db and it is built again from the blocks.");
            changes.Add(change);
        }

        return changes;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _transaction.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = SqliteSchema.Command(_connection, sql, parameters);
        command.Transaction = _transaction;
        return command;
    }
}
