using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Snapshots.Joining;

/// <summary>What a join came to.</summary>
/// <param name="Height">The snapshot's height: where the node's chain now stands.</param>
/// <param name="StateRoot">The root that its rows gave, and its certified header names.</param>
/// <param name="Rows">Rows of the state.</param>
/// <param name="Bytes">Bytes of the snapshot.</param>
/// <param name="VoteLogLost">C-RESTART: true when nothing says that the node's key is new and its vote log is gone, so that with a seat it observes until governance allows it to vote.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record JoinReport(Height Height, Hash256 StateRoot, long Rows, long Bytes, bool VoteLogLost, TimeSpan Elapsed);
