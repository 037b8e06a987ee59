using LicenceChain.Node.Diagnostics;

namespace LicenceChain.Node.Api;

/// <summary>The way of every submission through the API, REST or gRPC: counted and timed.</summary>
internal sealed class SubmissionGate(ITransactionGate gate, NodeMetrics metrics, TimeProvider clock)
{
    public async Task<SubmitResult> SubmitAsync(ReadOnlyMemory<byte> transaction, bool wait, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        var result = await gate.SubmitAsync(transaction, wait, cancellationToken);
        metrics.Submitted(result, clock.GetElapsedTime(start));
        return result;
    }
}
