using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Protocol.Merkle;

/// <summary>What has a place in the state tree: a leaf, or a change of one.</summary>
internal interface IKeyedLeaf
{
    /// <summary>SM3 of the key.</summary>
    Hash256 KeyHash { get; }
}
