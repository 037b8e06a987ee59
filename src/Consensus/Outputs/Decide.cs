using LicenceChain.Protocol.Blocks;

namespace LicenceChain.Consensus.Outputs;

/// <summary>Store block and certificate atomically, apply, then feed <see cref="Inputs.HeightDecided"/> (C-CERT). A block that does not apply stops the node.</summary>
/// <param name="Block">The decided block; perhaps not yet executed here.</param>
/// <param name="Certificate">Its round and Q Commit signatures.</param>
public sealed record Decide(Block Block, CommitCertificate Certificate) : ConsensusOutput;
