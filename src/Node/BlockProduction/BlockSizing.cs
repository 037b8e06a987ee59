using LicenceChain.Node.Loop;

namespace LicenceChain.Node.BlockProduction;

/// <summary>
/// How many transactions this node puts into a block: as many as it executes in a small part of the round timeout, by its own measure. A node that has just started,
/// or shares its machine, begins small and doubles; without this a backlog after a start makes blocks that no round is long enough for.
/// </summary>
internal sealed class BlockSizing(INodeClock clock)
{
    /// <summary>Transactions of the first block.</summary>
    public const int Initial = 250;

    /// <summary>Fewest: progress, however slow the machine.</summary>
    public const int Least = 25;

    /// <summary>Milliseconds that executing a block should not exceed: a tenth of the default round timeout, since the others execute it after us.</summary>
    public const ulong TargetMs = 200;

    // No block has more than twice what ProtocolLimits allow, so doubling ends there.
    private const int Most = 2 * Protocol.Encoding.ProtocolLimits.MaxBlockTransactions;

    /// <summary>The bound for the next block.</summary>
    public int Limit { get; private set; } = Initial;

    /// <summary>Executes a block and learns from how long it took.</summary>
    public ExecutedBlock Measure(int transactions, Func<ExecutedBlock> execute)
    {
        var before = clock.Now.Milliseconds;
        var executed = execute();
        var now = clock.Now.Milliseconds;
        Learn(transactions, now > before ? now - before : 0);
        return executed;
    }

    private void Learn(int transactions, ulong tookMs)
    {
        if (tookMs > TargetMs) Limit = int.Max(Least, (int)(uint.Min((uint)transactions, (uint)Limit) * TargetMs / tookMs));
        else if (tookMs <= TargetMs / 2 && transactions * 2 >= Limit) Limit = int.Min(Limit * 2, Most);
    }
}
