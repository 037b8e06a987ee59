using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Snapshots.Joining;

/// <summary>How far a join is.</summary>
/// <param name="Phase">What it is at.</param>
/// <param name="Height">The snapshot's height; 0 while one is looked for.</param>
/// <param name="Bytes">Bytes done in this phase.</param>
/// <param name="TotalBytes">Of so many.</param>
/// <param name="Note">Why something was refused; empty mostly.</param>
public sealed record JoinProgress(JoinPhase Phase, Height Height, long Bytes, long TotalBytes, string Note = "");
