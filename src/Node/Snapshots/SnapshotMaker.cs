using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Primitives;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Snapshots;

/// <summary>
/// Makes snapshots on a thread of its own while the node goes on: of every height that the interval divides, and when <see cref="SnapshotRequest"/> asks. One at a
/// time; a height that comes due meanwhile is passed over.
/// </summary>
internal sealed class SnapshotMaker : IDisposable
{
    private static readonly TimeSpan LookForRequests = TimeSpan.FromSeconds(1);

    private readonly string _statePath;
    private readonly SnapshotShelf _shelf;
    private readonly SnapshotMaking _making;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly AutoResetEvent _due = new(false);
    private readonly Thread _thread;
    private FrozenRows? _rows;

    public SnapshotMaker(string statePath, SnapshotShelf shelf, IBlockStore blocks, Hash256 genesisHash, SnapshotOptions options, ILogger logger)
    {
        _statePath = statePath;
        _shelf = shelf;
        _making = new SnapshotMaking(shelf, new SnapshotWriter(blocks, genesisHash), options, TimeProvider.System, logger);
        _logger = logger;
        _thread = new Thread(Run) { Name = "snapshot-maker", IsBackground = true, Priority = ThreadPriority.BelowNormal };
    }

    /// <summary>Starts the thread.</summary>
    public void Start() => _thread.Start();

    /// <summary>On the writer's thread, after a block's rows: freezes them when a snapshot of this height is due.</summary>
    public void OnWritten(Height height)
    {
        if (!_making.IsDue(height)) return;
        lock (_lock)
        {
            if (_rows is not null || _stopping.IsCancellationRequested) return;
            try
            {
                _rows = FrozenRows.TryOpen(_statePath);
                _due.Set();
            }
            catch (SqliteException e)
            {
                Log.SnapshotFailed(_logger, height.Value, e.Message);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_stopping.IsCancellationRequested) return;
            _stopping.Cancel(); // from here on the writer freezes nothing
        }

        _due.Set();
        if (_thread.IsAlive) _thread.Join();
        _rows?.Dispose();
        _due.Dispose();
        _stopping.Dispose();
    }

    private void Run()
    {
        while (!_stopping.IsCancellationRequested)
        {
            _due.WaitOne(LookForRequests);
            if (_stopping.IsCancellationRequested) return;
            MakeDue();

            AnswerRequest();
        }
    }

    private void MakeDue()
    {
        FrozenRows? rows;
        lock (_lock) rows = _rows;
        if (rows is null) return;
        _making.Make(rows, _stopping.Token);
        lock (_lock) _rows = null;
    }

    private void AnswerRequest()
    {
        try
        {
            if (!SnapshotRequest.TryTake(_shelf.Folder, out var request)) return;
            using var rows = FrozenRows.TryOpen(_statePath);
            request.Answer(rows is null ? new SnapshotAnswer(0, "The node has no state yet.") : _making.Make(rows, _stopping.Token));
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            Log.SnapshotFailed(_logger, 0, e.Message);
        }
    }
}
