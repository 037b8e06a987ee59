using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.State;

namespace LicenceChain.Node.Divergence;

/// <summary>A key that a transaction wrote last in its block.</summary>
/// <param name="Key">The key.</param>
/// <param name="ValueHash">SM3 of the value; null when the key was removed.</param>
internal readonly record struct TracedWrite(StateKey Key, Hash256? ValueHash);
