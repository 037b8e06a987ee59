using Google.Protobuf;
using LicenceChain.Node.Snapshots;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Tests.Snapshots;

/// <summary>A peer that offers a snapshot, soundly unless told otherwise.</summary>
internal sealed class ScriptedPeer(KeyId key, SnapshotManifest? manifest, SnapshotFiles? files)
{
    public KeyId Key => key;

    public bool IsReachable { get; init; } = true;

    public bool IsSilent { get; init; }

    /// <summary>Chunks that it answers with something else.</summary>
    public Func<int, byte[]?> Lie { get; init; } = static _ => null;

    /// <summary>The bytes of its offer, where they are not its manifest's.</summary>
    public ByteString? Offer { get; init; }

    public LinkMessage? Answer(LinkMessage asked)
    {
        if (asked.ContentCase == LinkMessage.ContentOneofCase.SnapshotQuery)
            return new LinkMessage { SnapshotOffer = new SnapshotOffer { Manifest = Offer ?? (manifest is null ? ByteString.Empty : ByteString.CopyFrom(manifest.Bytes.Span)) } };
        if (IsSilent) return null;
        var index = (int)asked.SnapshotChunkRequest.Index;
        var content = Lie(index) ?? (files!.TryReadChunk(manifest!, index, out var held) ? held.ToArray() : []);
        return new LinkMessage { SnapshotChunk = new SnapshotChunk { Height = asked.SnapshotChunkRequest.Height, Index = (uint)index, Content = ByteString.CopyFrom(content) } };
    }
}
