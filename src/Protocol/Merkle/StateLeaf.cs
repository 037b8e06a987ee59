using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Merkle;

/// <summary>A leaf of the state tree: SM3 of the key and SM3 of the value.</summary>
public readonly record struct StateLeaf(Hash256 KeyHash, Hash256 ValueHash) : IKeyedLeaf;
