using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Outputs;

/// <summary>C-WAL: append and flush to disk before any later output is carried out. Several in a row need one flush.</summary>
/// <param name="Record">What to append.</param>
public sealed record AppendLog(WalRecordMessage Record) : ConsensusOutput;
