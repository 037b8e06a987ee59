using Microsoft.Data.Sqlite;

namespace LicenceChain.Node.Storage;

/// <summary>The tables of state.db and the settings they were measured with.</summary>
internal static class SqliteSchema
{
    /// <summary>SQLITE_FULL: no room on the disk.</summary>
    public const int Full = 13;

    /// <summary>SQLITE_CORRUPT.</summary>
    public const int Corrupt = 11;

    /// <summary>SQLITE_NOTADB.</summary>
    public const int NotADatabase = 26;

    /// <summary>Opens the one connection that writes.</summary>
    public static SqliteConnection OpenWriter(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate);
        // page_size only takes effect before the journal mode is set. NORMAL suffices: the flushed block log is the truth and is replayed at start.
        Run(connection, "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;");
        MakeTables(connection);
        return connection;
    }

    /// <summary>Opens a new database to be filled in one go: nothing of it counts before it is closed and flushed.</summary>
    public static SqliteConnection OpenLoader(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate);
        Run(connection, "PRAGMA page_size=8192; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;");
        MakeTables(connection);
        return connection;
    }

    private static void MakeTables(SqliteConnection connection) =>
        Run(connection, """
            CREATE TABLE IF NOT EXISTS state(key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS tx(id BLOB PRIMARY KEY, height INTEGER NOT NULL, position INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS sets(height INTEGER PRIMARY KEY, content BLOB NOT NULL);
            CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
            """);

    /// <summary>Opens a connection that only reads.</summary>
    public static SqliteConnection OpenReader(string path) => Open(path, SqliteOpenMode.ReadOnly);

    /// <summary>Runs statements that return nothing of interest. Constants only.</summary>
    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = Command(connection, sql);
        command.ExecuteNonQuery();
    }

    /// <summary>A prepared statement with BLOB and INTEGER parameters of the given names. Constants only.</summary>
    public static SqliteCommand Command(SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // every caller passes a literal
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var name in parameters) command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
