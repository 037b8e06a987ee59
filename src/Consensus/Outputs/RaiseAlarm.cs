namespace LicenceChain.Consensus.Outputs;

/// <summary>C-ALARM: sign, send and log why this node does not vote, or what it saw.</summary>
/// <param name="Reason">Its kind.</param>
/// <param name="Detail">Plain words; never personal data.</param>
public sealed record RaiseAlarm(AlarmReason Reason, string Detail) : ConsensusOutput;
