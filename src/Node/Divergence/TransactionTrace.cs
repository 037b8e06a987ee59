using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Divergence;

/// <summary>What one transaction of a block came to.</summary>
/// <param name="Receipt">SM3 of its receipt.</param>
/// <param name="Code">The receipt's code.</param>
/// <param name="Writes">Keys of which it is the block's last writer, ascending.</param>
internal sealed record TransactionTrace(Hash256 Receipt, string Code, IReadOnlyList<TracedWrite> Writes);
