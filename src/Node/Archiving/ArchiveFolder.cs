using Google.Protobuf;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using Microsoft.Data.Sqlite;

namespace LicenceChain.Node.Archiving;

/// <summary>
/// A folder of archived segments, in the same form as a node's own, and <c>sets.rec</c>: every change of the validator set, so that the certificates can be checked from the
/// genesis on without a node. What stands there under its name is whole, checked and on the disk.
/// </summary>
internal sealed class ArchiveFolder(IStorageFolder folder, Func<IFrozenRows?> freeze)
{
    /// <summary>The changes of the validator set.</summary>
    public const string SetsName = "sets.rec";

    private const string Unfinished = ".new";

    private readonly IStorageFolder _folder = GuardedFolder.Over(folder);

    /// <summary>Copies blocks out of a store, both bounds included. Throws <see cref="StorageFaultException"/>, or <see cref="CorruptStorageException"/> when one is damaged or does not read back.</summary>
    public void Add(IBlockStore blocks, Height first, Height last)
    {
        Write(SegmentLoader.NameOf(first.Value), CommittedBlock.MaxBytes, Blocks());
        Write(SetsName, CommittedBlock.MaxBytes, SetChanges(last.Next).Select(c => (c.Header.Height.Value, (ReadOnlyMemory<byte>)c.ToMessage().ToByteArray())));
        _folder.FlushNames();

        IEnumerable<(ulong Tag, ReadOnlyMemory<byte> Bytes)> Blocks()
        {
            for (var height = first; height <= last; height = height.Next)
                yield return blocks.TryReadBytes(height, out var bytes)
                    ? (height.Value, bytes)
                    : throw new CorruptStorageException($"Block {height} is damaged: run the node until it is healed, then archive.");
        }
    }

    private void Write(string name, int maxLength, IEnumerable<(ulong Tag, ReadOnlyMemory<byte> Bytes)> records)
    {
        _folder.Delete(name + Unfinished); // left by a crash
        using (var file = new RecordFile(_folder, name + Unfinished, maxLength))
        {
            var count = 0;
            foreach (var (tag, bytes) in records)
            {
                file.Append(tag, bytes);
                count++;
            }

            file.Flush();
            var scan = RecordScan.Of(file, checkPayloads: true);
            if (scan.Gap is not null || scan.Records.Count != count || scan.Records.Any(r => !r.IsIntact)) throw new CorruptStorageException($"{file.Path} does not read back as it was written. Look at the disk.");
        }

        _folder.Move(name + Unfinished, name);
    }

    private IReadOnlyList<SetChange> SetChanges(Height below)
    {
        try
        {
            using var rows = freeze();
            return rows?.SetChangesBelow(below) ?? [];
        }
        catch (SqliteException e)
        {
            throw new CorruptStorageException($"The changes of the validator set cannot be read from the state's rows: {e.Message}", e);
        }
    }
}
