using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus;

/// <summary>C-ALARM: what the height being decided waits for, as this node sees it.</summary>
/// <param name="Wait">For what.</param>
/// <param name="Have">Of the votes waited for, those that are held; 0 where no votes are waited for.</param>
/// <param name="Needed">Votes needed: the quorum, or 1 for a proposal.</param>
/// <param name="Missing">Seats whose vote is not held, ascending.</param>
public sealed record ConsensusStanding(StandingWait Wait, int Have, int Needed, IReadOnlyList<int> Missing);
