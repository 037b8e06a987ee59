using Google.Protobuf;
using LicenceChain.Hosting.AccessLog;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Sdk;
using LicenceChain.Sdk.Issuing;
using LicenceChain.Verifier.Chain;
using LicenceChain.Verifier.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Verifier.Access;

/// <summary>Puts the access log's checkpoints on chain: after so many entries, after so long, when asked, and at a graceful stop.</summary>
internal sealed class CheckpointAnchor(
    AccessJournal journal, NodeSet nodes, ChainFollower chain, TransactionFactory transactions, VerifierConfiguration configuration, TimeProvider clock, ILogger<CheckpointAnchor> logger)
    : BackgroundService
{
    // Short against the interval, so that the number of entries decides under load.
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    // A node that refused or does not answer does not tell when it will.
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _anchoring = new(1, 1);
    private long _anchored = -1; // entries on chain; -1 until the chain was asked

    /// <summary>Entries that the chain is known to hold a checkpoint over.</summary>
    public ulong Anchored => (ulong)Math.Max(0, Interlocked.Read(ref _anchored));

    /// <summary>Anchors everything that is in the log now; returns the checkpoint as proven on chain.</summary>
    /// <exception cref="VerifierException"><see cref="VerifierCodes.NotAnchored"/>.</exception>
    public async Task<CheckpointRecord> FlushAsync(CancellationToken cancellation)
    {
        await _anchoring.WaitAsync(cancellation);
        try
        {
            var proven = await ReadAsync(cancellation);
            if (journal.Size <= proven.Size) return proven;
            await AnchorAsync(proven.Size, cancellation);
            return await ReadAsync(cancellation);
        }
        catch (LicenceChainException lost)
        {
            throw new VerifierException(VerifierCodes.NotAnchored, $"The checkpoint was not anchored ({lost.Code}); try again.", lost);
        }
        finally
        {
            _anchoring.Release();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            if (journal.Size > Anchored) await FlushAsync(cancellationToken);
        }
        catch (Exception late) when (late is VerifierException or OperationCanceledException)
        {
            Log.NotAnchored(logger, journal.Size, VerifierCodes.NotAnchored); // the entries are on disk: the next start anchors them
        }
    }

    public override void Dispose()
    {
        _anchoring.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        var last = clock.GetTimestamp();
        var pause = TimeSpan.Zero; // once at the start in any case, so that a log that lost entries is found before it grows
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var waiting = journal.Size - Math.Min(journal.Size, Anchored);
            if (clock.GetElapsedTime(last) < pause && waiting < (ulong)configuration.CheckpointEntries) continue;
            if (waiting == 0 && Interlocked.Read(ref _anchored) >= 0) continue;
            last = clock.GetTimestamp();
            pause = configuration.CheckpointInterval;
            await TryFlushAsync(stoppingToken);
        }
    }

    private async Task TryFlushAsync(CancellationToken cancellation)
    {
        try
        {
            await FlushAsync(cancellation);
        }
        catch (AccessLogDamagedException damaged)
        {
            Log.LogDamaged(logger, damaged);
            throw; // stopping beats answering for a log that lost entries
        }
        catch (VerifierException refused)
        {
            Log.NotAnchored(logger, journal.Size, (refused.InnerException as LicenceChainException)?.Code ?? refused.Code);
            await Task.Delay(AfterFailure, clock, cancellation);
        }
    }

    private async Task<CheckpointRecord> ReadAsync(CancellationToken cancellation)
    {
        var key = StateKeys.Checkpoint(journal.Origin);
        var (_, facts) = await chain.ProveAsync([key], cancellation);
        facts.TryGet(key, out var bytes);
        var record = bytes is { } present && CanonicalProto.TryParse(CheckpointRecord.Parser, present.Span, ProtocolLimits.MaxStateValueBytes, out var read)
            ? read
            : new CheckpointRecord { Origin = journal.Origin };
        if (journal.Contradiction(record) is { } contradiction) throw new AccessLogDamagedException(contradiction);
        Interlocked.Exchange(ref _anchored, (long)record.Size);
        return record;
    }

    private async Task AnchorAsync(ulong from, CancellationToken cancellation)
    {
        var now = journal.Checkpoint();
        var argument = new AnchorCheckpoint
        {
            Origin = journal.Origin,
            Size = now.Size,
            Root = ByteString.CopyFrom(now.Root.Span),
            Consistency = { journal.ConsistencyProof(from, now.Size) },
        };
        var result = await nodes.AskAsync(
            async (node, token) => await node.SubmitAsync(transactions.AnchorCheckpoint(argument, await node.GetValidUntilAsync(token)), wait: true, token),
            cancellation);
        result.OrThrow();
        Interlocked.Exchange(ref _anchored, (long)now.Size);
        Log.Anchored(logger, now.Size);
    }
}
