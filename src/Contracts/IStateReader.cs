using LicenceChain.Protocol.State;

namespace LicenceChain.Contracts;

/// <summary>The state after the last committed block, as it stands still while a block is executed on it.</summary>
public interface IStateReader
{
    /// <summary>The value of <paramref name="key"/>; false where there is none.</summary>
    bool TryGet(StateKey key, out ReadOnlyMemory<byte> value);
}
