using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using Microsoft.Data.Sqlite;

namespace LicenceChain.Node.Vault;

/// <summary>
/// vault.db: enciphered rows by licence, and the agreements that the vault has seen. Each write is flushed before it returns. Everything throws
/// <see cref="CorruptStorageException"/> where the file is damaged and <see cref="StorageFaultException"/> where the disk is full or fails.
/// </summary>
internal sealed class VaultStore : IDisposable
{
    private const string Schema = """
        PRAGMA journal_mode=WAL;
        PRAGMA synchronous=FULL;
        PRAGMA secure_delete=ON;
        CREATE TABLE IF NOT EXISTS licences(id TEXT PRIMARY KEY, credential BLOB NOT NULL, wrapped_key BLOB NOT NULL, ciphertext BLOB NOT NULL) WITHOUT ROWID, STRICT;
        CREATE TABLE IF NOT EXISTS agreements(name TEXT PRIMARY KEY) WITHOUT ROWID, STRICT;
        CREATE TABLE IF NOT EXISTS cursor(id INTEGER PRIMARY KEY CHECK(id = 0), next INTEGER NOT NULL) STRICT;
        """;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly SqliteConnection _connection;

    private VaultStore(string path, SqliteConnection connection) => (_path, _connection) = (path, connection);

    /// <summary>What the operator is told of a file that is damaged.</summary>
    public static string Damage(string path, string what) =>
        $"{path} is damaged: {what} Stop the node, look at the disk, and restore the file from its backup: no peer has it. Where there is none, move it and {Path.GetFileName(path)}-wal away: the licences of this region are then to be deposited again.";

    /// <summary>Opens or makes the file.</summary>
    public static VaultStore Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = Schema;
            command.ExecuteNonQuery();
            return new VaultStore(path, connection);
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw Failure(path, e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Writes all rows in one transaction; a row replaces the one of the same licence.</summary>
    public void Put(IReadOnlyList<VaultRow> rows)
    {
        Guarded(() =>
        {
            using var transaction = _connection.BeginTransaction();
            using var command = _connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "INSERT INTO licences(id, credential, wrapped_key, ciphertext) VALUES($id, $credential, $key, $ciphertext) "
                + "ON CONFLICT(id) DO UPDATE SET credential=excluded.credential, wrapped_key=excluded.wrapped_key, ciphertext=excluded.ciphertext";
            var id = command.Parameters.Add("$id", SqliteType.Text);
            var credential = command.Parameters.Add("$credential", SqliteType.Blob);
            var key = command.Parameters.Add("$key", SqliteType.Blob);
            var ciphertext = command.Parameters.Add("$ciphertext", SqliteType.Blob);
            foreach (var row in rows)
            {
                id.Value = row.Licence.Value;
                credential.Value = row.Credential.ToArray();
                key.Value = row.WrappedKey.ToArray();
                ciphertext.Value = row.Ciphertext.ToArray();
                command.ExecuteNonQuery();
            }

            transaction.Commit();
        });
    }

    /// <summary>The row of a licence; null when there is none.</summary>
    public VaultRow? Find(LicenceId licence)
    {
        return Guarded(() =>
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "SELECT credential, wrapped_key, ciphertext FROM licences WHERE id = $id";
            command.Parameters.AddWithValue("$id", licence.Value);
            using var reader = command.ExecuteReader();
            return reader.Read()
                ? new VaultRow(licence, Hash256.From(reader.GetFieldValue<byte[]>(0)), reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(2))
                : null;
        });
    }

    /// <summary>Agreements seen below the returned height.</summary>
    public (IReadOnlyList<string> Names, Height Next) Agreements()
    {
        return Guarded(() =>
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "SELECT name FROM agreements ORDER BY name";
            var names = new List<string>();
            using (var reader = command.ExecuteReader())
                while (reader.Read())
                    names.Add(reader.GetString(0));
            command.CommandText = "SELECT next FROM cursor WHERE id = 0";
            return (names, new Height(command.ExecuteScalar() is long next ? (ulong)next : 0));
        });
    }

    /// <summary>Adds agreements seen, and moves on to <paramref name="next"/>.</summary>
    public void PutAgreements(IEnumerable<string> names, Height next)
    {
        Guarded(() =>
        {
            using var transaction = _connection.BeginTransaction();
            using var command = _connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "INSERT OR IGNORE INTO agreements(name) VALUES($name)";
            var parameter = command.Parameters.Add("$name", SqliteType.Text);
            foreach (var name in names)
            {
                parameter.Value = name;
                command.ExecuteNonQuery();
            }

            command.CommandText = "INSERT INTO cursor(id, next) VALUES(0, $next) ON CONFLICT(id) DO UPDATE SET next=excluded.next";
            command.Parameters.Clear();
            command.Parameters.AddWithValue("$next", (long)next.Value);
            command.ExecuteNonQuery();
            transaction.Commit();
        });
    }

    public void Dispose()
    {
        lock (_gate) _connection.Dispose();
    }

    private void Guarded(Action use) => Guarded(() =>
    {
        use();
        return true;
    });

    private T Guarded<T>(Func<T> use)
    {
        lock (_gate)
        {
            try
            {
                return use();
            }
            catch (SqliteException e)
            {
                throw Failure(_path, e);
            }
        }
    }

    private static Exception Failure(string path, SqliteException e) =>
        SqliteFaults.IsDamage(e) ? new CorruptStorageException(Damage(path, $"SQLite says: {e.Message}"), e) : SqliteFaults.Disk(path, e);
}
