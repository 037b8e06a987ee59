using System.Threading.Channels;
using Google.Protobuf;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Hosting.AccessLog;

/// <summary>
/// A member's access log: <see cref="AccessRecord"/>s in an <see cref="AccessLogStore"/>, found again by licence, grant and requester.
/// Concurrent appends share a flush. Safe from any thread.
/// </summary>
public sealed class IndexedAccessLog : IAsyncDisposable
{
    /// <summary>Most indices that one look-up returns; ask again from the last one plus one.</summary>
    public const int MaxAnswer = 1000;

    private readonly AccessLogStore _store;
    private readonly SubjectIndex _index;
    private readonly string _location;
    private readonly Channel<Pending> _queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(AccessLogStore.MaxBatch) { SingleReader = true });
    private readonly Task _writing;

    private IndexedAccessLog(AccessLogStore store, SubjectIndex index, string origin, string location)
    {
        _store = store;
        _location = location;
        _index = index;
        Origin = origin;
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Names the log in checkpoints and proofs: <c>organisation code/log</c>.</summary>
    public string Origin { get; }

    /// <summary>Number of entries.</summary>
    public ulong Size => _store.Size;

    /// <summary>Opens or begins the log of <paramref name="origin"/>; errors as <see cref="AccessLogStore.Open"/>.</summary>
    public static IndexedAccessLog Open(ILogFiles files, string origin, ILogger<IndexedAccessLog> logger)
    {
        var index = new SubjectIndex();
        var store = OpenStore(files, index);
        if (store.DroppedBytes > 0) Log.AccessLogTailDropped(logger, origin, store.DroppedBytes);
        return new IndexedAccessLog(store, index, origin, files.Location);
    }

    /// <summary>
    /// Appends an entry, setting its <c>origin</c>; returns the index once it is on disk. Waits while the queue is full. Cancelled before that,
    /// the entry may or may not stand in the log. Throws <see cref="ArgumentException"/> for one over <see cref="AccessLogStore.MaxRecordBytes"/>.
    /// </summary>
    public async Task<ulong> AppendAsync(AccessRecord record, CancellationToken cancellationToken)
    {
        record.Origin = Origin;
        var bytes = record.ToByteArray();
        if (bytes.Length > AccessLogStore.MaxRecordBytes) throw new ArgumentException($"An entry of {bytes.Length} bytes is over {AccessLogStore.MaxRecordBytes}.", nameof(record));
        var pending = new Pending(bytes, record.Clone());
        await _queue.Writer.WriteAsync(pending, cancellationToken);
        return await pending.Done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Size and root now.</summary>
    public LogCheckpoint Checkpoint() => _store.Checkpoint();

    /// <summary>Size and root as they were at <paramref name="size"/>.</summary>
    public LogCheckpoint CheckpointAt(ulong size) => _store.CheckpointAt(size);

    /// <summary>Why this is not the log of which the chain holds <paramref name="anchored"/>, for its operator; null while it is. Its entries up to there are missing or were changed.</summary>
    public string? Contradiction(CheckpointRecord anchored)
    {
        ArgumentNullException.ThrowIfNull(anchored);
        if (anchored.Size == 0) return null;
        if (anchored.Size > Size) return $"The access log in {_location} has {Size} entries and the chain holds a checkpoint of {anchored.Size}: entries are missing. Stop the service and restore the folder from its copy.";
        return _store.CheckpointAt(anchored.Size).Root.Span.SequenceEqual(anchored.Root.Span)
            ? null
            : $"The first {anchored.Size} entries of the access log in {_location} are not those of which the chain holds a checkpoint: it was changed, or is another's. Stop the service and restore the folder from its copy.";
    }

    /// <summary>What shows that the log only grew from <paramref name="oldSize"/> to <paramref name="newSize"/>.</summary>
    public Hash256[] ConsistencyProof(ulong oldSize, ulong newSize) => _store.ConsistencyProof(oldSize, newSize);

    /// <summary>An entry with its proof under the root at <paramref name="size"/>; throws unless index &lt; size ≤ the log's size.</summary>
    public AccessEntry Entry(ulong index, ulong size)
    {
        var inclusion = new LogInclusionProof
        {
            Origin = Origin,
            Index = index,
            Size = size,
            Root = ByteString.CopyFrom(_store.CheckpointAt(size).Root.Span),
        };
        foreach (var hash in _store.InclusionProof(index, size)) inclusion.Path.Add(ByteString.CopyFrom(hash.Span));
        return new AccessEntry { Record = ByteString.CopyFrom(_store.Read(index)), Inclusion = inclusion };
    }

    /// <summary>Entries about a licence, in order, from index <paramref name="from"/> on; at most <see cref="MaxAnswer"/>.</summary>
    public IReadOnlyList<ulong> ByLicence(string licenceId, ulong from = 0) => _index.Licence(licenceId, from, MaxAnswer);

    /// <summary>Entries under a grant, likewise.</summary>
    public IReadOnlyList<ulong> ByGrant(GrantId grant, ulong from = 0) => _index.Grant(grant.ToString(), from, MaxAnswer);

    /// <summary>Entries of a requesting organisation, likewise.</summary>
    public IReadOnlyList<ulong> ByRequester(string organisation, ulong from = 0) => _index.Requester(organisation, from, MaxAnswer);

    /// <summary>A tile as C2SP tlog-tiles serves it; throws when the log is not that long.</summary>
    public byte[] Tile(TilePath path) => _store.Tile(path.Level, path.Number, path.Width);

    /// <summary>Writes what is queued, then closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing;
        _store.Dispose();
    }

    private async Task WriteAsync()
    {
        var batch = new List<Pending>(AccessLogStore.MaxBatch);
        while (await _queue.Reader.WaitToReadAsync())
        {
            // Whatever queued up while the last flush ran goes out with the next one.
            while (batch.Count < AccessLogStore.MaxBatch && _queue.Reader.TryRead(out var pending)) batch.Add(pending);
            Write(batch);
            batch.Clear();
        }
    }

    private void Write(List<Pending> batch)
    {
        try
        {
            var first = _store.AppendBatch([.. batch.Select(pending => new ReadOnlyMemory<byte>(pending.Bytes))]);
            for (var i = 0; i < batch.Count; i++) _index.Add(first + (ulong)i, batch[i].Record);
            for (var i = 0; i < batch.Count; i++) batch[i].Done.SetResult(first + (ulong)i);
        }
#pragma warning disable CA1031 // Whatever went wrong belongs to those who wait for it; the store takes no more after a failed write.
        catch (Exception e)
#pragma warning restore CA1031
        {
            foreach (var pending in batch) pending.Done.TrySetException(e);
        }
    }

    private static AccessLogStore OpenStore(ILogFiles files, SubjectIndex index)
    {
        try
        {
            return AccessLogStore.Open(files, (at, record) => index.Add(at, Parse(at, record)));
        }
        catch (AccessLogDamagedException damaged)
        {
            throw new AccessLogDamagedException($"{files.Location}: {damaged.Message}");
        }
    }

    private static AccessRecord Parse(ulong index, ReadOnlySpan<byte> record)
    {
        try
        {
            return AccessRecord.Parser.ParseFrom(record);
        }
        catch (Exception malformed) when (MalformedProto.Is(malformed))
        {
            throw new AccessLogDamagedException($"Entry {index} is intact and is not an access record: another program's log stands in this folder.");
        }
    }

    private sealed record Pending(byte[] Bytes, AccessRecord Record)
    {
        public TaskCompletionSource<ulong> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
