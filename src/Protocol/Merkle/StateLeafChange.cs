using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Merkle;

/// <summary>A change of one state key: the hash of its new value, or null where the key goes.</summary>
public readonly record struct StateLeafChange(Hash256 KeyHash, Hash256? ValueHash) : IKeyedLeaf;
