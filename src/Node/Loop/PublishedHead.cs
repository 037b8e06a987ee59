using LicenceChain.Node.BlockProduction;
using LicenceChain.Protocol.Merkle;

namespace LicenceChain.Node.Loop;

/// <summary>The head as readers see it: parts that belong together. Immutable but for the signal that the next one is there.</summary>
internal sealed class PublishedHead(ChainHead head, SparseMerkleTree tree, ulong transactions)
{
    private readonly TaskCompletionSource _replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The last block's header and certificate.</summary>
    public ChainHead Head { get; } = head;

    /// <summary>The state tree after it.</summary>
    public SparseMerkleTree Tree { get; } = tree;

    /// <summary>Transactions committed since the node started.</summary>
    public ulong Transactions { get; } = transactions;

    /// <summary>Completes when a later head was published.</summary>
    public Task Replaced => _replaced.Task;

    /// <summary>A later head was published.</summary>
    public void Replace() => _replaced.TrySetResult();
}
