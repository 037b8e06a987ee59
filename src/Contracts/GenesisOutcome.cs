using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.State;

namespace LicenceChain.Contracts;

/// <summary>What a genesis document makes of the empty state.</summary>
/// <param name="Chain">The chain it names.</param>
/// <param name="Time">Time of block 0.</param>
/// <param name="GenesisHash">SM3 of the document's binary encoding: the parent of block 0.</param>
/// <param name="Parameters">The chain's parameters.</param>
/// <param name="Validators">The set that decides height 1.</param>
/// <param name="Writes">The whole state after block 0, ascending by key.</param>
public sealed record GenesisOutcome(
    ChainId Chain, UnixTime Time, Hash256 GenesisHash, ChainParameters Parameters, ValidatorSet Validators, IReadOnlyList<StateWrite> Writes);
