using Google.Protobuf;
using LicenceChain.Contracts;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Snapshots;

/// <summary>Makes one snapshot: rows that stand still, and the blocks of the replay window up to theirs (ADR 0006: the ids of its transactions are not in the state).</summary>
internal sealed class SnapshotWriter(IBlockStore blocks, Hash256 genesisHash, int chunkBytes = SnapshotLimits.ChunkBytes)
{
    /// <summary>
    /// Writes all files into <paramref name="files"/>, the manifest last. Throws <see cref="InvalidOperationException"/> for what cannot be a snapshot: genesis, which
    /// nobody certified, or a window whose blocks are no longer held.
    /// </summary>
    public SnapshotManifest Write(IFrozenRows rows, SnapshotFiles files, CancellationToken cancellationToken)
    {
        // 1. The header that certifies the rows.
        var head = rows.Mark.Head;
        var height = head.Height;
        if (head.Certificate is null) throw new InvalidOperationException("The chain has only its genesis, which nobody certified: there is nothing to make a snapshot of.");
        var message = new SnapshotManifestMessage
        {
            GenesisHash = ByteString.CopyFrom(genesisHash.Span),
            Header = UnsafeByteOperations.UnsafeWrap(head.Header.Bytes),
            Certificate = UnsafeByteOperations.UnsafeWrap(head.Certificate.Bytes),
        };
        message.Changes.AddRange(rows.SetChangesBelow(height).Select(change => change.ToMessage()));

        // 2. Rows, then blocks, in chunks.
        var index = 0;
        foreach (var chunk in RowChunk.Pack(Counted(), chunkBytes)) message.RowChunks.Add(Add(chunk));
        foreach (var chunk in BlockChunk.Pack(Window(), chunkBytes)) message.BlockChunks.Add(Add(chunk));

        // 3. The manifest names them.
        var manifest = SnapshotManifest.Of(message);
        files.WriteManifest(manifest);
        return manifest;

        IEnumerable<(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value)> Counted()
        {
            foreach (var row in rows.Rows())
            {
                message.Rows++;
                yield return row;
            }
        }

        IEnumerable<ReadOnlyMemory<byte>> Window()
        {
            for (var at = ReplayWindowStart(rows, height); at <= height; at = at.Next)
                yield return blocks.TryReadBytes(at, out var bytes) ? bytes : throw new InvalidOperationException($"Block {at} is no longer held; a snapshot of {height} needs it.");
        }

        ByteString Add(ReadOnlyMemory<byte> chunk)
        {
            cancellationToken.ThrowIfCancellationRequested();
            files.WriteChunk(index++, chunk.Span, flush: true);
            message.Bytes += (ulong)chunk.Length;
            return ByteString.CopyFrom(ChunkDigest.Of(chunk.Span).Span);
        }
    }

    /// <summary>Lowest block whose transactions may not come again above <paramref name="height"/>.</summary>
    public static Height ReplayWindowStart(IStateReader state, Height height)
    {
        var window = ChainParameters.Read(state).ValidityWindow;
        return height.Value > window ? new Height(height.Value - window) : new Height(0);
    }
}
