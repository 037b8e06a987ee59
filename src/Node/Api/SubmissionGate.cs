using LicenceChain.Node.Diagnostics;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Api;

/// <summary>The way of every submission through the API, REST or gRPC: counted, timed, and remembered while nobody waits for its block.</summary>
internal sealed class SubmissionGate(ITransactionGate gate, INodeQueries queries, NodeMetrics metrics, TimeProvider clock)
{
    private readonly PendingSubmissions _pending = new(queries);

    public async Task<SubmitResult> SubmitAsync(ReadOnlyMemory<byte> transaction, bool wait, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        try
        {
            var result = await gate.SubmitAsync(transaction, wait, cancellationToken);
            metrics.Submitted(result, clock.GetElapsedTime(start));
            if (result is { Receipt: null, Refusal: null or { Code: TransactionCodes.AlreadyPending } }) Remember(transaction);
            return result;
        }
        catch (OperationCanceledException)
        {
            Remember(transaction); // whoever waited is gone; the transaction is not
            throw;
        }
    }

    /// <summary>True for one that was taken here and may still be committed.</summary>
    public bool IsPending(TransactionId id) => _pending.Contains(id);

    private void Remember(ReadOnlyMemory<byte> transaction)
    {
        if (SignedTransaction.TryParse(transaction, out var parsed, out _)) _pending.Add(parsed.Id, parsed.ValidUntil);
    }
}
