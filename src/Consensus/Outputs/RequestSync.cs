using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Consensus.Outputs;

/// <summary>C-SYNC: some correct validator holds blocks up to this height; ask peers for block and certificate from the head on.</summary>
/// <param name="Seen">The height that is known to be decided.</param>
public sealed record RequestSync(Height Seen) : ConsensusOutput;
