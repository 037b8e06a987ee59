using LicenceChain.Node.Configuration;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node;

/// <summary>A running validator or observer without its API: the loop, its thread, its links and its stores.</summary>
public sealed class NodeHost : IAsyncDisposable
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private NodeHost(INodeQueries queries, ITransactionGate gate) => (Queries, Gate) = (queries, gate);

    /// <summary>The read side.</summary>
    public INodeQueries Queries { get; }

    /// <summary>Where transactions come in.</summary>
    public ITransactionGate Gate { get; }

    /// <summary>Completes when the node has stopped; faulted when a broken invariant stopped it (rule 12: stopping beats diverging).</summary>
    public Task Completion => _completion.Task;

    /// <summary>Opens the stores, replays what a crash left, and starts the loop and the links.</summary>
    public static Task<NodeHost> StartAsync(NodeConfiguration configuration, TimeProvider clock, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        configuration.Validate();
        throw new NotSupportedException("The loop lands in the next slice.");
    }

    /// <summary>Takes nothing more, tells who waits, writes what is due and closes. Idempotent.</summary>
    public async Task StopAsync()
    {
        _completion.TrySetResult();
        await Completion;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();
}
