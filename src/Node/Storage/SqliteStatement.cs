using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LicenceChain.Node.Storage;

/// <summary>
/// A prepared statement without ADO.NET around it, for the two places where every row of the state passes: values go in and out as bytes, and nothing is allocated. Throws
/// <see cref="SqliteException"/> where SQLite fails. One thread at a time.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;

    /// <summary>Prepares it. Constants only.</summary>
    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _connection = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        Check(raw.sqlite3_prepare_v2(_connection, sql, out _statement));
    }

    /// <summary>Gives a parameter, counted from 1, a value.</summary>
    public void Bind(int parameter, ReadOnlySpan<byte> value) => Check(raw.sqlite3_bind_blob(_statement, parameter, value));

    /// <inheritdoc cref="Bind(int, ReadOnlySpan{byte})"/>
    public void Bind(int parameter, long value) => Check(raw.sqlite3_bind_int64(_statement, parameter, value));

    /// <summary>Runs a statement that gives no rows; it can then be bound and run again.</summary>
    public void Run()
    {
        if (Step()) throw new InvalidOperationException("The statement gives rows.");
        Check(raw.sqlite3_reset(_statement));
    }

    /// <summary>The next row; false after the last.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result is not raw.SQLITE_ROW and not raw.SQLITE_DONE) Check(result);
        return result == raw.SQLITE_ROW;
    }

    /// <summary>A column of the row, counted from 0; valid until the next <see cref="Step"/>.</summary>
    public ReadOnlySpan<byte> Column(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _connection);
}
