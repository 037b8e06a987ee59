using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.State;

namespace LicenceChain.Node.Storage;

/// <summary>Fills new rows in one go. Nothing of it counts before <see cref="Complete"/>.</summary>
internal interface IStateLoader : IDisposable
{
    /// <summary>Adds rows that ascend by key.</summary>
    void Add(IReadOnlyList<StateWrite> rows);

    /// <summary>Adds where a block's transactions stand.</summary>
    void Add(Block block);

    /// <summary>Adds a change of the validator set.</summary>
    void Add(SetChange change);

    /// <summary>Says which block the rows stand after and returns once all is on the disk.</summary>
    void Complete(StateMark mark);
}
