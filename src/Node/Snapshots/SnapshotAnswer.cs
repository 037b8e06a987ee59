namespace LicenceChain.Node.Snapshots;

/// <summary>What a running node made of a <see cref="SnapshotRequest"/>.</summary>
/// <param name="Height">Height of the snapshot; 0 when none was made.</param>
/// <param name="Failure">Why none was made; empty otherwise.</param>
internal sealed record SnapshotAnswer(ulong Height, string Failure);
