using Google.Protobuf;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.State;
using Microsoft.Data.Sqlite;

namespace LicenceChain.Node.Storage;

/// <summary>Fills a new state.db in one go: rows in the order of their keys, so that pages are written once. Nothing of it counts before <see cref="Complete"/>.</summary>
internal sealed class StateLoader : IStateLoader
{
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly SqliteCommand _row;
    private readonly SqliteCommand _place;
    private readonly SqliteCommand _set;
    private readonly SqliteCommand _meta;

    public StateLoader(string path)
    {
        _path = path;
        _connection = SqliteSchema.OpenLoader(path);
        _transaction = _connection.BeginTransaction();
        _row = Command("INSERT INTO state(key, value) VALUES($k, $v)", "$k", "$v");
        _place = Command("INSERT OR REPLACE INTO tx(id, height, position) VALUES($i, $h, $p)", "$i", "$h", "$p");
        _set = Command("INSERT INTO sets(height, content) VALUES($h, $c)", "$h", "$c");
        _meta = Command("INSERT INTO meta(name, value) VALUES($n, $v)", "$n", "$v");
    }

    /// <inheritdoc/>
    public void Add(IReadOnlyList<StateWrite> rows)
    {
        foreach (var row in rows) Run(_row, row.Key.ToArray(), row.Value!.Value.ToArray());
    }

    /// <inheritdoc/>
    public void Add(Block block)
    {
        for (var i = 0; i < block.Transactions.Count; i++) Run(_place, block.Transactions[i].Id.Value.ToArray(), (long)block.Header.Height.Value, i);
    }

    /// <inheritdoc/>
    public void Add(SetChange change) => Run(_set, (long)change.Header.Height.Value, change.ToMessage().ToByteArray());

    /// <inheritdoc/>
    public void Complete(StateMark mark)
    {
        foreach (var (name, value) in StateMarkRows.Of(mark)) Run(_meta, name, value);
        _transaction.Commit();
        Dispose();
        using var file = File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in new[] { _row, _place, _set, _meta }) command.Dispose();
        _transaction.Dispose();
        _connection.Dispose();
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = SqliteSchema.Command(_connection, sql, parameters);
        command.Transaction = _transaction;
        return command;
    }
}
