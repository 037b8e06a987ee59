using LicenceChain.Node.Diagnostics;
using Microsoft.Data.Sqlite;

namespace LicenceChain.Node.Storage;

/// <summary>What a failure of SQLite means for whoever keeps data in one of its files.</summary>
internal static class SqliteFaults
{
    // SQLite's shared memory takes 32 KiB; with less than this nothing goes on.
    private const long LeastRoom = 256 * 1024;

    /// <summary>True when the file does not hold what was written to it.</summary>
    public static bool IsDamage(SqliteException failure) => failure.SqliteErrorCode is SqliteSchema.Corrupt or SqliteSchema.NotADatabase;

    /// <summary>Anything else: the disk under <paramref name="path"/> is full, or fails.</summary>
    public static StorageFaultException Disk(string path, SqliteException failure) =>
        StorageFaultException.At(path, failure.SqliteErrorCode == SqliteSchema.Full || IsFull(path), failure); // without room for its shared memory SQLite speaks of an I/O error

    private static bool IsFull(string path)
    {
        try
        {
            return DiskSpaceWatch.FreeBytes(Path.GetDirectoryName(Path.GetFullPath(path))!) < LeastRoom;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // then the disk has failed in another way
        }
    }
}
