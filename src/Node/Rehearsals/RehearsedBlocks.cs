using System.Diagnostics.CodeAnalysis;
using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Rehearsals;

/// <summary>The blocks of a rehearsal: read in order, counted from a height on, never changed.</summary>
internal sealed class RehearsedBlocks(IBlockStore inner, Height from, Action<Height> onRead, CancellationToken cancellationToken) : IBlockStore
{
    /// <summary>Transactions in the blocks read.</summary>
    public long Transactions { get; private set; }

    public Height? Head => inner.Head;

    public Height Lowest => inner.Lowest;

    public long Missing => inner.Missing;

    public void Append(CommittedBlock block)
    {
        // The genesis block, which the opener makes sure of.
    }

    public void ExtendTo(ChainHead head)
    {
        // A snapshot's head: what is missing above it is found when it is read.
    }

    public Height? HighestMissing(Height ceiling) => inner.HighestMissing(ceiling);

    public bool TryRead(Height height, [NotNullWhen(true)] out CommittedBlock? block)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!inner.TryRead(height, out block)) return false;
        if (height >= from) Transactions += block.Block.Transactions.Count;
        onRead(height);
        return true;
    }

    public bool TryReadBytes(Height height, out ReadOnlyMemory<byte> bytes) => inner.TryReadBytes(height, out bytes);

    public bool TryOldest(Height below, out Height first, out Height last) => inner.TryOldest(below, out first, out last);

    public void RemoveBelow(Height height) => throw new InvalidOperationException("A rehearsal only reads.");

    public void Dispose() => inner.Dispose();
}
