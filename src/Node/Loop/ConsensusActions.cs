using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Loop;

/// <summary>What the loop does for the consensus.</summary>
/// <param name="Build">Build a block for a height and round, now or when its time has come.</param>
/// <param name="Decide">Store and apply a decided block.</param>
/// <param name="Sync">Somebody is ahead: fetch.</param>
/// <param name="Report">C-EVIDENCE: two votes contradict each other.</param>
/// <param name="Alarmed">C-ALARM: an alarm was raised.</param>
internal sealed record ConsensusActions(
    Action<Height, Round> Build, Action<Block, CommitCertificate> Decide, Action Sync, Action<EvidenceMessage> Report, Action Alarmed);
