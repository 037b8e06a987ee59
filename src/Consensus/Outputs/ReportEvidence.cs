using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Outputs;

/// <summary>C-EVIDENCE: put two contradicting votes on the chain. At most one of each kind per validator and height.</summary>
/// <param name="Evidence">Both votes, with valid signatures.</param>
public sealed record ReportEvidence(EvidenceMessage Evidence) : ConsensusOutput;
