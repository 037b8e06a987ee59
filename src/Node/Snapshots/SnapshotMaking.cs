using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Primitives;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Snapshots;

/// <summary>When a snapshot is due, and how one is made, whoever's thread it is.</summary>
internal sealed class SnapshotMaking(SnapshotShelf shelf, SnapshotWriter writer, SnapshotOptions options, TimeProvider clock, ILogger logger)
{
    /// <summary>True for every height that the interval divides.</summary>
    public bool IsDue(Height height) => options.Interval != 0 && height.Value != 0 && height.Value % options.Interval == 0;

    /// <summary>Makes one of rows that stand still, unless it is there, and lets them go. The chain does not depend on it: what hinders it is told, and the node goes on.</summary>
    public SnapshotAnswer Make(IFrozenRows rows, CancellationToken cancellationToken)
    {
        var height = rows.Mark.Height;
        try
        {
            if (shelf.Files(height).TryReadManifest(out _)) return new SnapshotAnswer(height.Value, "");
            var began = clock.GetTimestamp();
            var made = shelf.Begin(height);
            var manifest = writer.Write(rows, made, cancellationToken);
            shelf.Complete(height, options.Keep);
            Log.SnapshotMade(logger, height.Value, manifest.Rows, manifest.TotalBytes, manifest.Chunks.Count, (long)clock.GetElapsedTime(began).TotalMilliseconds);
            return new SnapshotAnswer(height.Value, "");
        }
        catch (OperationCanceledException)
        {
            return new SnapshotAnswer(0, "The node stops.");
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException or InvalidOperationException or CorruptStorageException)
        {
            Log.SnapshotFailed(logger, height.Value, e.Message);
            return new SnapshotAnswer(0, e.Message);
        }
        finally
        {
            rows.Dispose();
        }
    }
}
