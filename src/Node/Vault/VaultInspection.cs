using LicenceChain.Node.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LicenceChain.Node.Vault;

/// <summary>
/// Reads the structure of vault.db once after the start, on a connection and a thread of its own: damage is told before somebody's licence lies in it. What a row holds is
/// checked when it is read, by its tag.
/// </summary>
internal static class VaultInspection
{
    /// <summary>What SQLite finds wrong first; null when nothing is, or once it was cancelled.</summary>
    public static string? Run(string path, CancellationToken cancellation)
    {
        try
        {
            using var connection = SqliteSchema.OpenReader(path);
            var handle = connection.Handle!;
            using var stop = cancellation.Register(() => raw.sqlite3_interrupt(handle));
            using var command = SqliteSchema.Command(connection, "PRAGMA quick_check(1)");
            return cancellation.IsCancellationRequested || command.ExecuteScalar() is not string { } found || found == "ok" ? null : found;
        }
        catch (SqliteException e)
        {
            return SqliteFaults.IsDamage(e) ? e.Message : null; // interrupted; and what else fails, fails the vault's own requests too
        }
    }
}
