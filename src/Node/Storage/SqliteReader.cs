using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.State;
using Microsoft.Data.Sqlite;

namespace LicenceChain.Node.Storage;

/// <summary>A reading connection with its prepared statements. One thread at a time.</summary>
internal sealed class SqliteReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _row;
    private readonly SqliteCommand _transaction;

    public SqliteReader(string path)
    {
        _connection = SqliteSchema.OpenReader(path);
        _row = SqliteSchema.Command(_connection, "SELECT value FROM state WHERE key=$k", "$k");
        _transaction = SqliteSchema.Command(_connection, "SELECT height, position FROM tx WHERE id=$i", "$i");
    }

    /// <summary>Reads a row.</summary>
    public bool TryGet(StateKey key, out ReadOnlyMemory<byte> value)
    {
        _row.Parameters[0].Value = key.ToArray();
        var found = _row.ExecuteScalar() as byte[];
        value = found;
        return found is not null;
    }

    /// <summary>Reads a transaction's place.</summary>
    public bool TryGet(TransactionId transaction, out (Height Height, int Index) place)
    {
        _transaction.Parameters[0].Value = transaction.Value.ToArray();
        using var rows = _transaction.ExecuteReader();
        var found = rows.Read();
        place = found ? (new Height((ulong)rows.GetInt64(0)), rows.GetInt32(1)) : default;
        return found;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _row.Dispose();
        _transaction.Dispose();
        _connection.Dispose();
    }
}
