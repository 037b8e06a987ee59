namespace LicenceChain.Consensus.Outputs;

/// <summary>Send to every other validator and observer.</summary>
/// <param name="Message">Exact encoding of a ConsensusMessage.</param>
public sealed record Broadcast(ReadOnlyMemory<byte> Message) : ConsensusOutput;
