using System.Security.Cryptography;
using System.Threading.Channels;
using Google.Protobuf;
using LicenceChain.Hosting.AccessLog;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Vault;

/// <summary>Puts the log's checkpoints on the chain, after so many entries or so long: from then on nobody can take an entry out unseen.</summary>
internal sealed class CheckpointAnchor : IAsyncDisposable
{
    private const string Contract = "access";
    private const string Method = "checkpoint";

    // Heights that the transaction stays valid: it has time in a busy mempool, and a lost one can soon be replaced.
    private const ulong ValidFor = 100;

    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LastAttemptTimeout = TimeSpan.FromSeconds(5);

    private readonly ChainView _chain;
    private readonly ITransactionGate _gate;
    private readonly IndexedAccessLog _log;
    private readonly AnchoredLog _anchoredLog;
    private readonly Sm2PrivateKey _key;
    private readonly VaultOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<bool> _nudges = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task _running;

    public CheckpointAnchor(ChainView chain, ITransactionGate gate, IndexedAccessLog log, AnchoredLog anchoredLog, Sm2PrivateKey key, VaultOptions options, TimeProvider clock, ILogger logger)
    {
        (_chain, _gate, _log, _anchoredLog, _key, _options, _clock, _logger) = (chain, gate, log, anchoredLog, key, options, clock, logger);
        _running = RunAsync();
    }

    /// <summary>Tells that the log grew; every so many entries this brings the next checkpoint forward.</summary>
    public void Grown()
    {
        if (_log.Size - Math.Min(_log.Size, Anchored) >= (ulong)_options.CheckpointEntries) _nudges.Writer.TryWrite(true);
    }

    /// <summary>Anchors what is due and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested) return;
        await _stop.CancelAsync();
        await _running;
        if (_chain.HasQuorum) await TryAnchorAsync(LastAttemptTimeout, CancellationToken.None); // else the next start does it
        _stop.Dispose();
    }

    private ulong Anchored => _chain.Checkpoint(_log.Origin)?.Size ?? 0;

    private async Task RunAsync()
    {
        var nudged = _nudges.Reader.WaitToReadAsync(_stop.Token).AsTask();
        while (!_stop.IsCancellationRequested)
        {
            using var tick = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            await Task.WhenAny(nudged, Task.Delay(_options.CheckpointInterval, _clock, tick.Token));
            await tick.CancelAsync();
            if (_stop.IsCancellationRequested) return;
            await TryAnchorAsync(AttemptTimeout, _stop.Token);
            if (!nudged.IsCompleted) continue;
            _nudges.Reader.TryRead(out _);
            nudged = _nudges.Reader.WaitToReadAsync(_stop.Token).AsTask();
        }
    }

    // One attempt at a time: the loop's, and when it has ended the last one.
    private async Task TryAnchorAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var checkpoint = _log.Checkpoint();

        using var late = new CancellationTokenSource(timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            if (_anchoredLog.Fault() is not null) return;
            var anchored = Anchored;
            if (checkpoint.Size <= anchored) return;
            var arguments = new AnchorCheckpoint { Origin = _log.Origin, Size = checkpoint.Size, Root = ByteString.CopyFrom(checkpoint.Root.Span) };
            if (anchored > 0) arguments.Consistency.AddRange(_log.ConsistencyProof(anchored, checkpoint.Size).Select(h => ByteString.CopyFrom(h.Span)));
            var status = _chain.Status;
            var transaction = TransactionBuilder.Sign(
                status.Chain, Contract, Method, arguments, _key, new Height(status.Height.Value + ValidFor), RandomNumberGenerator.GetBytes(SignedTransaction.UniqueIdSize));
            var result = await _gate.SubmitAsync(transaction.Bytes, waitForCommit: true, either.Token);
            if (result.Receipt is { Applied: true }) Log.CheckpointAnchored(_logger, checkpoint.Size, result.Height!.Value.Value);
            else Log.CheckpointRefused(_logger, checkpoint.Size, result.Receipt?.Code ?? result.Refusal?.Code ?? "");
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            Log.CheckpointWaits(_logger, checkpoint.Size); // the chain stands still: the next attempt covers it
        }
#pragma warning disable CA1031 // Whatever failed, the entries are safe on disk and the next attempt covers them; to end the loop would leave them unanchored for good.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.CheckpointFailed(_logger, checkpoint.Size, e);
        }
    }
}
