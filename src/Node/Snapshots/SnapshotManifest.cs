using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Snapshots;

/// <summary>What a snapshot consists of, bounded and well formed. <see cref="SnapshotTrust"/> says whether its header is certified.</summary>
internal sealed class SnapshotManifest
{
    private readonly Hash256[] _chunks;

    private SnapshotManifest(SnapshotManifestMessage message, Hash256 genesisHash, BlockHeader header, CommitCertificate certificate, SetChange[] changes, Hash256[] chunks, ReadOnlyMemory<byte> bytes)
    {
        _chunks = chunks;
        GenesisHash = genesisHash;
        Header = header;
        Certificate = certificate;
        Changes = changes;
        RowChunks = message.RowChunks.Count;
        Rows = (long)message.Rows;
        TotalBytes = (long)message.Bytes;
        Bytes = bytes;
        ContentId = Sm3.Hash(Concatenate(header.Digest, chunks));
    }

    /// <summary>SM3 of the chain's genesis document.</summary>
    public Hash256 GenesisHash { get; }

    /// <summary>The header whose state the snapshot is.</summary>
    public BlockHeader Header { get; }

    /// <summary>Why that header is decided.</summary>
    public CommitCertificate Certificate { get; }

    /// <summary>Every change of the validator set below that height, ascending.</summary>
    public IReadOnlyList<SetChange> Changes { get; }

    /// <summary>The snapshot's height.</summary>
    public Height Height => Header.Height;

    /// <summary>Rows of the state.</summary>
    public long Rows { get; }

    /// <summary>Bytes of all chunks.</summary>
    public long TotalBytes { get; }

    /// <summary>How many of the chunks, the first ones, hold rows; the rest hold blocks.</summary>
    public int RowChunks { get; }

    /// <summary><see cref="ChunkDigest"/> of each chunk.</summary>
    public IReadOnlyList<Hash256> Chunks => _chunks;

    /// <summary>Names header and chunks: two manifests with the same one can be fetched from either peer.</summary>
    public Hash256 ContentId { get; }

    /// <summary>The exact encoding.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>A manifest of our own; throws <see cref="InvalidOperationException"/> when the state has outgrown what one can name.</summary>
    public static SnapshotManifest Of(SnapshotManifestMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return TryParse(message.ToByteArray(), out var manifest)
            ? manifest
            : throw new InvalidOperationException($"The snapshot has {message.RowChunks.Count + message.BlockChunks.Count} chunks and {message.Changes.Count} set changes: more than a manifest can name.");
    }

    /// <summary>Parses what a peer or a disk gave; false unless canonical and within bounds, with a certificate for exactly this header.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out SnapshotManifest? manifest)
    {
        manifest = null;
        if (!CanonicalProto.TryParse(SnapshotManifestMessage.Parser, bytes.Span, SnapshotLimits.MaxManifestBytes, out var message)
            || !Hash256.TryFrom(message.GenesisHash.Span, out var genesisHash)
            || !BlockHeader.TryParse(message.Header.Memory, out var header)
            || !CommitCertificate.TryParse(message.Certificate.Memory, out var certificate)
            || certificate.Height != header.Height || certificate.Digest != header.Digest
            || message.Changes.Count > SnapshotLimits.MaxSetChanges
            || message.RowChunks.Count == 0 || message.BlockChunks.Count == 0)
            return false;

        var count = message.RowChunks.Count + message.BlockChunks.Count;
        if (count > SnapshotLimits.MaxChunks || message.Bytes > (ulong)count * SnapshotLimits.MaxChunkBytes || message.Rows > message.Bytes) return false;
        var changes = new SetChange[message.Changes.Count];
        for (var i = 0; i < changes.Length; i++)
            if (!SetChange.TryFrom(message.Changes[i], out changes[i]!))
                return false;
        var chunks = new Hash256[count];
        for (var i = 0; i < count; i++)
            if (!Hash256.TryFrom((i < message.RowChunks.Count ? message.RowChunks[i] : message.BlockChunks[i - message.RowChunks.Count]).Span, out chunks[i]))
                return false;
        manifest = new SnapshotManifest(message, genesisHash, header, certificate, changes, chunks, bytes);
        return true;
    }

    /// <summary>True when <paramref name="content"/> is chunk <paramref name="index"/>.</summary>
    public bool Names(int index, ReadOnlySpan<byte> content) => index >= 0 && index < _chunks.Length && ChunkDigest.Of(content) == _chunks[index];

    private static byte[] Concatenate(Hash256 first, Hash256[] rest)
    {
        var all = new byte[Hash256.Size * (rest.Length + 1)];
        first.CopyTo(all);
        for (var i = 0; i < rest.Length; i++) rest[i].CopyTo(all.AsSpan(Hash256.Size * (i + 1)));
        return all;
    }
}
