using System.Diagnostics.CodeAnalysis;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Storage;

/// <summary>The truth: the chain of decided blocks. Appends come from the loop alone; reads from any thread.</summary>
internal interface IBlockStore : IDisposable
{
    /// <summary>Height of the last block; null while not even the genesis block is held.</summary>
    Height? Head { get; }

    /// <summary>Lowest height held; 0 when empty.</summary>
    Height Lowest { get; }

    /// <summary>Appends the block above the head and returns once it is on the disk (one flush a block).</summary>
    void Append(CommittedBlock block);

    /// <summary>Reads a block; false for a height that is not held. Throws <see cref="CorruptStorageException"/> when the disk gives something else than was written.</summary>
    bool TryRead(Height height, [NotNullWhen(true)] out CommittedBlock? block);

    /// <summary>As <see cref="TryRead"/>, the exact encoding only: for a peer that lags.</summary>
    bool TryReadBytes(Height height, out ReadOnlyMemory<byte> bytes);
}
