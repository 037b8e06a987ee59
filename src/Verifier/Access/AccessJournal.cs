using System.Collections.Concurrent;
using System.Threading.Channels;
using Google.Protobuf;
using LicenceChain.Hosting.AccessLog;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Proto;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Verifier.Access;

/// <summary>
/// The Verifier's half of every access. Appending returns once the record is on disk; appends that come together share one flush. An index in
/// memory finds the records of a licence: 8 bytes for each.
/// </summary>
internal sealed class AccessJournal : IAsyncDisposable
{
    private const int MaxWaiting = 8192; // twice the store's largest batch: beyond that whoever appends waits

    private readonly AccessLogStore _store;
    private readonly ConcurrentDictionary<string, List<ulong>> _byLicence = new(StringComparer.Ordinal);
    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly Task _writing;
    private readonly ILogger _logger;

    private AccessJournal(string origin, AccessLogStore store, ILogger logger)
    {
        Origin = origin;
        _store = store;
        _logger = logger;
        _writing = WriteAsync();
    }

    /// <summary>Name of the log on chain.</summary>
    public string Origin { get; }

    /// <summary>Records on disk.</summary>
    public ulong Size => _store.Size;

    /// <summary>Opens or begins the log; a record that is none of ours is damage.</summary>
    public static AccessJournal Open(ILogFiles files, string origin, ILogger logger)
    {
        var found = new List<(string Licence, ulong Index)>();
        var store = AccessLogStore.Open(files, (index, bytes) => found.Add((Parse(bytes).LicenceId, index)));
        var journal = new AccessJournal(origin, store, logger);
        foreach (var (licence, index) in found) journal.Remember(licence, index);
        return journal;
    }

    /// <summary>Returns the record's index once it is on disk. Not cancellable: what was decided is logged.</summary>
    /// <exception cref="VerifierException"><see cref="VerifierCodes.LogUnavailable"/>: nothing may be answered.</exception>
    public async Task<ulong> AppendAsync(AccessRecord record)
    {
        var waiting = new Waiting(record.LicenceId, record.ToByteArray(), new TaskCompletionSource<ulong>(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await _waiting.Writer.WriteAsync(waiting, CancellationToken.None);
        }
        catch (ChannelClosedException closed)
        {
            throw new VerifierException(VerifierCodes.LogUnavailable, "The access log is closed or cannot be written; nothing was answered.", closed);
        }

        return await waiting.Written.Task;
    }

    /// <summary>The indexes of a licence's records, ascending.</summary>
    public IReadOnlyList<ulong> Find(string licence)
    {
        if (!_byLicence.TryGetValue(licence, out var indexes)) return [];
        lock (indexes) return [.. indexes];
    }

    public byte[] Read(ulong index) => _store.Read(index);

    public LogCheckpoint Checkpoint() => _store.Checkpoint();

    public LogCheckpoint CheckpointAt(ulong size) => _store.CheckpointAt(size);

    public IReadOnlyList<ByteString> InclusionProof(ulong index, ulong size) => [.. _store.InclusionProof(index, size).Select(h => ByteString.CopyFrom(h.Span))];

    public IReadOnlyList<ByteString> ConsistencyProof(ulong oldSize, ulong newSize) => [.. _store.ConsistencyProof(oldSize, newSize).Select(h => ByteString.CopyFrom(h.Span))];

    public static AccessRecord Parse(ReadOnlySpan<byte> bytes) =>
        CanonicalProto.TryParse(AccessRecord.Parser, bytes, AccessLogStore.MaxRecordBytes, out var record)
            ? record
            : throw new AccessLogDamagedException("The access log holds what is no access record. Restore the folder from its copy.");

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writing;
        _store.Dispose();
    }

    private async Task WriteAsync()
    {
        var batch = new List<Waiting>(AccessLogStore.MaxBatch);
        await Task.Yield(); // off the opener's thread: the flush blocks
        while (await _waiting.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < AccessLogStore.MaxBatch && _waiting.Reader.TryRead(out var next)) batch.Add(next);
            if (!TryWrite(batch)) break;
        }
    }

    private bool TryWrite(List<Waiting> batch)
    {
        try
        {
            var first = _store.AppendBatch([.. batch.Select(w => (ReadOnlyMemory<byte>)w.Record)]);
            for (var i = 0; i < batch.Count; i++)
            {
                Remember(batch[i].Licence, first + (ulong)i);
                batch[i].Written.SetResult(first + (ulong)i);
            }

            return true;
        }
        catch (Exception failed) when (failed is IOException or InvalidOperationException or UnauthorizedAccessException or ArgumentException)
        {
            Log.LogUnavailable(_logger, failed);
            var refusal = new VerifierException(VerifierCodes.LogUnavailable, "The access log cannot be written; nothing was answered. See the service's log.", failed);
            _waiting.Writer.TryComplete();
            while (_waiting.Reader.TryRead(out var next)) batch.Add(next);
            foreach (var waiting in batch) waiting.Written.TrySetException(refusal);
            return false;
        }
    }

    private void Remember(string licence, ulong index)
    {
        var indexes = _byLicence.GetOrAdd(licence, static _ => []);
        lock (indexes) indexes.Add(index);
    }

    private sealed record Waiting(string Licence, byte[] Record, TaskCompletionSource<ulong> Written);
}
