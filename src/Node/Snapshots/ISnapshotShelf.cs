using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Snapshots;

/// <summary>The snapshots that this node serves. Safe from any thread.</summary>
internal interface ISnapshotShelf
{
    /// <summary>The exact manifest of the newest one; empty when there is none.</summary>
    ReadOnlyMemory<byte> NewestManifest();

    /// <summary>A chunk; empty when the snapshot is gone, has no such chunk, or its file is damaged: a damaged chunk is never served.</summary>
    ReadOnlyMemory<byte> Chunk(Height height, int index);
}
