using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Storage;

/// <summary>Fills new rows in one go. Nothing of it counts before <see cref="Complete"/>.</summary>
internal interface IStateLoader : IDisposable
{
    /// <summary>Adds a row; keys ascend.</summary>
    void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value);

    /// <summary>Adds where a block's transactions stand.</summary>
    void Add(Height height, IReadOnlyList<TransactionId> transactions);

    /// <summary>Adds a change of the validator set.</summary>
    void Add(SetChange change);

    /// <summary>Says which block the rows stand after and returns once all is on the disk.</summary>
    void Complete(StateMark mark);
}
