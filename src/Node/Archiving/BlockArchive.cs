using System.Diagnostics.CodeAnalysis;
using LicenceChain.Node.Api;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;

namespace LicenceChain.Node.Archiving;

/// <summary>Reads an archive without a node: checks it against a trust anchor, and proves transactions out of it.</summary>
public sealed class BlockArchive
{
    private readonly IStorageFolder _folder;
    private readonly SortedDictionary<ulong, SetChange> _sets = [];

    private BlockArchive(IStorageFolder folder) => _folder = folder;

    /// <summary>Opens a folder for reading; throws <see cref="CorruptStorageException"/> when there is none, or its list of validator sets is damaged.</summary>
    public static BlockArchive Open(string directory)
    {
        if (!Directory.Exists(directory)) throw new CorruptStorageException($"There is no folder {directory}.");
        var archive = new BlockArchive(new DiskFolder(directory, isReadOnly: true));
        if (!archive._folder.Exists(ArchiveFolder.SetsName)) return archive;
        foreach (var (_, bytes) in archive.Records(ArchiveFolder.SetsName))
        {
            if (!SetChange.TryParse(bytes, out var change)) throw new CorruptStorageException($"{archive._folder.Describe(ArchiveFolder.SetsName)} holds a change of the validators that is none.");
            archive._sets[change.Header.Height.Value] = change;
        }

        return archive;
    }

    /// <summary>
    /// Walks all blocks: each follows the one below it, its transactions and receipts stand under its roots, and it is certified by the set that the anchor leads to. Throws
    /// <see cref="CorruptStorageException"/> that says which block does not hold and why.
    /// </summary>
    public ArchiveCheck Verify(TrustAnchor anchor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(anchor);
        var trust = anchor;
        BlockHeader? first = null;
        BlockHeader? last = null;
        ulong transactions = 0;
        foreach (var block in Blocks())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var header = block.Block.Header;
            if (last is null)
            {
                first = header;
                trust = AnchorBelow(anchor, header.Height);
                if (header.Height.Value == 0 && header.Fields.Parent != anchor.GenesisHash) throw Wrong(header, "it is the genesis of another chain than the anchor's");
            }
            else if (header.Height != last.Height.Next || header.Fields.Parent != last.Digest)
            {
                throw Wrong(header, $"it does not follow block {last.Height}");
            }

            if (header.Height > trust.Height) trust = Advance(trust, block);
            transactions += (ulong)block.Block.Transactions.Count;
            last = header;
        }

        if (first is null || last is null) throw new CorruptStorageException($"{_folder.Describe("")} holds no blocks.");
        if (last.Height != trust.Height) throw new CorruptStorageException($"The anchor stands at height {anchor.Height}, above the archive's last block {last.Height}: take an earlier anchor, as anchor.json of the network.");
        return new ArchiveCheck(first.Height, last.Height, transactions, last.Digest);
    }

    /// <summary>Proves that a transaction and its receipt stand in the archive; false when it does not hold the transaction.</summary>
    public bool TryProve(TransactionId transaction, CancellationToken cancellationToken, [NotNullWhen(true)] out LicenceProof? proof)
    {
        proof = null;
        foreach (var block in Blocks())
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < block.Block.Transactions.Count; i++)
                if (block.Block.Transactions[i].Id == transaction)
                    return LicenceProof.TryFrom(TransactionProofs.Prove(block, i), out proof);
        }

        return false;
    }

    /// <summary>The anchor, led to just below a height by the archive's changes of the validator set; throws <see cref="CorruptStorageException"/> when one of them does not hold.</summary>
    public TrustAnchor AnchorBelow(TrustAnchor anchor, Height height)
    {
        ArgumentNullException.ThrowIfNull(anchor);
        var trust = anchor;
        foreach (var change in _sets.Values)
        {
            if (change.Header.Height <= trust.Height || change.Header.Height >= height) continue;
            trust = trust.TryAdvance(change.Header, change.Certificate, change.Next, out var next)
                ? next
                : throw Wrong(change.Header, "its change of the validator set is not certified by the set that the anchor leads to");
        }

        return trust;
    }

    private TrustAnchor Advance(TrustAnchor trust, CommittedBlock block)
    {
        var header = block.Block.Header;
        return block.Certificate is { } certificate && trust.TryAdvance(header, certificate, _sets.GetValueOrDefault(header.Height.Value)?.Next, out var next)
            ? next
            : throw Wrong(header, "it is not certified by the set that the anchor leads to");
    }

    private IEnumerable<CommittedBlock> Blocks()
    {
        Height? last = null;
        foreach (var name in _folder.Names(".seg"))
        {
            foreach (var (tag, bytes) in Records(name))
            {
                if (last is { } seen && tag <= seen.Value) continue; // a segment that was archived twice
                if (!CommittedBlock.TryParse(bytes, out var block) || block.Block.Header.Height.Value != tag) throw new CorruptStorageException($"{_folder.Describe(name)} holds at height {tag} something that is no block of that height.");
                last = new Height(tag);
                yield return block;
            }
        }
    }

    private IEnumerable<(ulong Tag, byte[] Bytes)> Records(string name)
    {
        using var file = new RecordFile(_folder, name, CommittedBlock.MaxBytes);
        var scan = RecordScan.Of(file, checkPayloads: false);
        foreach (var record in scan.Records)
            yield return !record.IsAfterGap && file.TryRead(record.Offset, record.Tag, out var bytes) ? (record.Tag, bytes) : throw Damaged(record.Offset);
        if (scan.Gap is { } gap) throw Damaged(gap);

        CorruptStorageException Damaged(long offset) => new($"{file.Path} is damaged at byte {offset}: the record there does not match its checksum. Take another copy of the archive.");
    }

    private static CorruptStorageException Wrong(BlockHeader header, string why) => new($"Block {header.Height}: {why}.");
}
