using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Snapshots;

/// <summary>A snapshot that was made.</summary>
/// <param name="Height">Its height.</param>
/// <param name="StateRoot">The root that its rows give.</param>
/// <param name="Rows">Rows of the state.</param>
/// <param name="Bytes">Bytes of all chunks.</param>
/// <param name="Chunks">Chunks.</param>
/// <param name="Folder">Where it lies.</param>
public sealed record SnapshotReport(Height Height, Hash256 StateRoot, long Rows, long Bytes, int Chunks, string Folder);
