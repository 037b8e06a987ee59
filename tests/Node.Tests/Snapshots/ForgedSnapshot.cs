using Google.Protobuf;
using LicenceChain.Node.Snapshots;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Tests.Snapshots;

/// <summary>A snapshot that a hostile peer made out of a sound one: its manifest names what its chunks hold.</summary>
internal static class ForgedSnapshot
{
    /// <summary>With changed rows.</summary>
    public static SnapshotManifest WithRows(SnapshotManifest manifest, SnapshotFiles files, SnapshotFiles into, Action<SnapshotRowsMessage> change) =>
        Forge(manifest, files, into, 0, SnapshotRowsMessage.Parser, change);

    /// <summary>With changed blocks.</summary>
    public static SnapshotManifest WithBlocks(SnapshotManifest manifest, SnapshotFiles files, SnapshotFiles into, Action<SnapshotBlocksMessage> change) =>
        Forge(manifest, files, into, manifest.RowChunks, SnapshotBlocksMessage.Parser, change);

    /// <summary>With a changed manifest.</summary>
    public static SnapshotManifest WithManifest(SnapshotManifest manifest, Action<SnapshotManifestMessage> change)
    {
        var message = SnapshotManifestMessage.Parser.ParseFrom(manifest.Bytes.Span);
        change(message);
        return SnapshotManifest.Of(message);
    }

    private static SnapshotManifest Forge<T>(SnapshotManifest manifest, SnapshotFiles files, SnapshotFiles into, int index, MessageParser<T> parser, Action<T> change)
        where T : IMessage<T>
    {
        Assert.True(files.TryReadChunk(manifest, index, out var content));
        var message = parser.ParseFrom(content.Span);
        change(message);
        var changed = message.ToByteArray();
        into.CopyFrom(files, manifest);
        into.WriteChunk(index, changed, flush: false);
        var forged = WithManifest(manifest, m =>
        {
            var hash = ByteString.CopyFrom(ChunkDigest.Of(changed).Span);
            if (index < m.RowChunks.Count) m.RowChunks[index] = hash;
            else m.BlockChunks[index - m.RowChunks.Count] = hash;
        });
        into.WriteManifest(forged);
        return forged;
    }
}
