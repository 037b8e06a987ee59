using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Snapshots;

/// <summary>A node that keeps no snapshots.</summary>
internal sealed class NoSnapshots : ISnapshotShelf
{
    private NoSnapshots()
    {
    }

    /// <summary>The one there is.</summary>
    public static NoSnapshots Instance { get; } = new();

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> NewestManifest() => default;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Chunk(Height height, int index) => default;
}
