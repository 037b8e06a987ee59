using LicenceChain.Node.BlockProduction;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Storage;

/// <summary>Which block the state's rows stand after.</summary>
/// <param name="Head">That block's header, whose state root the rows must give, and its certificate.</param>
/// <param name="DecidedBy">Encoding of the validator set that decided it; the next block's last commit is checked against it.</param>
/// <param name="GenesisHash">SM3 of the genesis document: which chain, where block 0 itself is held no more.</param>
internal sealed record StateMark(ChainHead Head, ReadOnlyMemory<byte> DecidedBy, Hash256 GenesisHash)
{
    /// <summary>The block's height.</summary>
    public Height Height => Head.Height;

    /// <summary>The root that the rows must give.</summary>
    public Hash256 Root => Head.Header.Fields.StateRoot;
}
