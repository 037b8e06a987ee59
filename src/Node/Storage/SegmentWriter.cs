using LicenceChain.Node.Storage.Files;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Storage;

/// <summary>Fills a new folder of segments in one go, as <see cref="SegmentBlockStore"/> reads it: one flush a segment instead of one a block.</summary>
internal sealed class SegmentWriter(IStorageFolder folder) : IDisposable
{
    private readonly IStorageFolder _folder = GuardedFolder.Over(folder);
    private RecordFile? _segment;

    /// <summary>Adds the next block, the exact encoding of its CommittedBlockMessage.</summary>
    public void Add(Height height, ReadOnlyMemory<byte> block)
    {
        if (_segment is null || _segment.Length >= SegmentBlockStore.DefaultSegmentBytes)
        {
            Close();
            _segment = new RecordFile(_folder, SegmentLoader.NameOf(height.Value), CommittedBlock.MaxBytes);
        }

        _segment.Append(height.Value, block);
    }

    /// <summary>Returns once all is on the disk.</summary>
    public void Complete()
    {
        Close();
        _folder.FlushNames();
    }

    /// <inheritdoc/>
    public void Dispose() => _segment?.Dispose();

    private void Close()
    {
        _segment?.Flush();
        _segment?.Dispose();
        _segment = null;
    }
}
