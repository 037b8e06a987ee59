using System.Diagnostics.CodeAnalysis;
using LicenceChain.Node.BlockProduction;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Storage;

/// <summary>
/// The truth: the chain of decided blocks, from <see cref="Lowest"/> to <see cref="Head"/>. What the disk no longer gives as it was written is missing: never served, and
/// healed from a peer. Changes come from the loop alone; reads from any thread.
/// </summary>
internal interface IBlockStore : IDisposable
{
    /// <summary>Height of the last block that was stored, though it may be missing; null while nothing was.</summary>
    Height? Head { get; }

    /// <summary>Lowest height held: 0, or where a snapshot or the archive ends.</summary>
    Height Lowest { get; }

    /// <summary>Heights between the lowest and the head whose blocks are missing.</summary>
    long Missing { get; }

    /// <summary>
    /// Stores a decided block and returns once it is on the disk (one flush a block). It stands above the head, or anywhere in an empty store; at a height that is
    /// missing it heals, at one that is held it changes nothing.
    /// </summary>
    void Append(CommittedBlock block);

    /// <summary>The state stands after this block, so all up to it were stored: those that are not here are missing. Nothing for an empty store.</summary>
    void ExtendTo(ChainHead head);

    /// <summary>The oldest blocks that stand together in a file that takes no more, all below a height and none of them missing; false when there are no such.</summary>
    bool TryOldest(Height below, out Height first, out Height last);

    /// <summary>Forgets the blocks below a height, on the disk too: they were archived.</summary>
    void RemoveBelow(Height height);

    /// <summary>The highest missing height that is not above <paramref name="ceiling"/>; null when none is.</summary>
    Height? HighestMissing(Height ceiling);

    /// <summary>Reads a block; false for a height that is not held or is missing.</summary>
    bool TryRead(Height height, [NotNullWhen(true)] out CommittedBlock? block);

    /// <summary>As <see cref="TryRead"/>, the exact encoding only: for a peer that lags.</summary>
    bool TryReadBytes(Height height, out ReadOnlyMemory<byte> bytes);
}
