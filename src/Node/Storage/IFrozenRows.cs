using LicenceChain.Contracts;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Storage;

/// <summary>The rows as they stand after one block, however far they are written on meanwhile. One thread at a time.</summary>
internal interface IFrozenRows : IStateReader, IDisposable
{
    /// <summary>Which block the rows stand after.</summary>
    StateMark Mark { get; }

    /// <summary>Every row, ascending by key.</summary>
    IEnumerable<(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value)> Rows();

    /// <summary>Every change of the validator set below a height, ascending. Throws <see cref="CorruptStorageException"/> for one that is malformed.</summary>
    IReadOnlyList<SetChange> SetChangesBelow(Height height);
}
