using System.Text;
using Google.Protobuf;
using LicenceChain.Contracts;
using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Node.Vault;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Node.Snapshots.Joining;

/// <summary>
/// Builds a node's rows and blocks from a snapshot whose header is certified. Nothing that it reads is trusted: the rows must give the header's state root, and the
/// blocks must lead down from that header by their parents. Chunks that were checked against the manifest as they came are not hashed again.
/// </summary>
internal sealed class SnapshotInstaller(SnapshotManifest manifest, ValidatorSet decidedBy, SnapshotFiles files, bool isChecked, TaskScheduler workers, Action<long> onBytes)
{
    // Leaves given to the tree at once: hashed on a second core while the first writes the same rows.
    private const int TreeBatch = 65_536;

    // Chunks that are read and parsed while the one before them is stored: a few megabytes.
    private const int ReadAhead = 3;

    // First byte of StateKeys.Agreement.
    private const byte AgreementPrefix = (byte)'a';

    private readonly List<StateWrite> _batch = new(TreeBatch);
    private readonly Dictionary<StateKey, ReadOnlyMemory<byte>> _needed = [];
    private readonly List<string> _agreements = [];
    private Task<SparseMerkleTree> _tree = Task.FromResult(SparseMerkleTree.Empty);

    /// <summary>The set that decides the height above the snapshot's; known once it is installed.</summary>
    public ValidatorSet? Next { get; private set; }

    /// <summary>The agreements in its rows: the vault gathers their names from the blocks otherwise, and most of those are not here.</summary>
    public IReadOnlyList<string> Agreements => _agreements;

    /// <summary>Fills <paramref name="state"/> and <paramref name="blocksFolder"/>, both new. Returns why not; empty when both are whole and on the disk.</summary>
    public string Install(IStateLoader state, IStorageFolder blocksFolder, CancellationToken cancellationToken)
    {
        // 1. Rows, until they give the root that the header names.
        StateKey? last = null;
        foreach (var (index, size, rows) in Read(0, manifest.RowChunks, static content => RowChunk.TryParse(content, out var rows) ? rows : null))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (rows is null || (last is { } before && rows[0].Key <= before)) return $"chunk {index} holds no rows in ascending order";
            last = rows[^1].Key;
            Add(state, rows);
            onBytes(size);
        }

        Flush();
        var root = _tree.GetAwaiter().GetResult().Root;
        if (root != manifest.Header.Fields.StateRoot) return $"its rows give the state root {root}, the certified header names {manifest.Header.Fields.StateRoot}";
        if (!TryReadSet(out var next) || next.Hash != manifest.Header.Fields.NextValidatorsHash) return "its rows hold no validator set that the header names";

        // 2. The blocks of the replay window, up to that header.
        using var blocks = new SegmentWriter(blocksFolder);
        if (AddBlocks(state, blocks, cancellationToken) is { } fault) return fault;

        // 3. What a later joiner needs of us.
        foreach (var change in manifest.Changes) state.Add(change);
        if (next.Hash != decidedBy.Hash) state.Add(new SetChange(manifest.Header, manifest.Certificate, next));
        blocks.Complete();
        Next = next;
        state.Complete(new StateMark(new ChainHead(manifest.Header, manifest.Certificate), decidedBy.ToMessage().ToByteArray(), manifest.GenesisHash));
        return "";
    }

    // Reads and parses ahead on other threads, in order. Null for a chunk that is missing, damaged or malformed.
    private IEnumerable<(int Index, int Size, T? Content)> Read<T>(int from, int to, Func<ReadOnlyMemory<byte>, T?> parse)
        where T : class
    {
        var ahead = new Queue<Task<(int, T?)>>();
        var next = from;
        for (var index = from; index < to; index++)
        {
            for (; next < to && ahead.Count < ReadAhead; next++)
            {
                var chunk = next;
                ahead.Enqueue(Run(() => files.TryReadChunk(manifest, chunk, isChecked, out var content) ? (content.Length, parse(content)) : (0, null)));
            }

            var (size, parsed) = ahead.Dequeue().GetAwaiter().GetResult();
            yield return (index, size, parsed);
        }
    }

    private void Add(IStateLoader state, StateWrite[] rows)
    {
        foreach (var row in rows)
        {
            if (row.Key == StateKeys.Parameters || row.Key == StateKeys.Validators) _needed[row.Key] = row.Value!.Value;
            if (row.Key.Span is [AgreementPrefix, _, ..] && _agreements.Count < VaultLimits.MaxAgreements) _agreements.Add(Encoding.UTF8.GetString(row.Key.Span[2..]));
            _batch.Add(row);
        }

        if (_batch.Count >= TreeBatch) Flush();
        state.Add(rows);
    }

    // The rows stay as they were parsed: the task reads what nobody changes.
    private void Flush()
    {
        var rows = _batch.ToArray();
        _batch.Clear();
        var before = _tree;
        _tree = Run(async () =>
        {
            var changes = new StateLeafChange[rows.Length];
            for (var i = 0; i < rows.Length; i++) changes[i] = new StateLeafChange(rows[i].Key.Hash, Sm3.Hash(rows[i].Value!.Value.Span));
            return (await before).Apply(changes);
        }).Unwrap();
    }

    private Task<T> Run<T>(Func<T> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, workers);

    // A block's own certificate is not under the header above it; the one that the block above carries is, so that one is stored: the members who certified that
    // block have checked it.
    private string? AddBlocks(IStateLoader state, SegmentWriter blocks, CancellationToken cancellationToken)
    {
        var expected = SnapshotWriter.ReplayWindowStart(new NeededRows(_needed), manifest.Height);
        CommittedBlock? below = null;
        foreach (var (index, size, chunk) in Read(manifest.RowChunks, manifest.Chunks.Count, static content => BlockChunk.TryParse(content, out var chunk) ? chunk : null))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (chunk is null) return $"chunk {index} holds no blocks";
            foreach (var block in chunk)
            {
                var header = block.Block.Header;
                if (header.Height != expected || header.Height > manifest.Height || header.Fields.Chain != manifest.Header.Fields.Chain) return $"block {header.Height} stands where {expected} belongs";
                if (below is not null)
                {
                    if (header.Fields.Parent != below.Block.Header.Digest) return $"block {header.Height} does not follow the one below it";
                    if (block.Block.LastCommit is null && below.Certificate is not null) return $"block {header.Height} carries no certificate of the one below it";
                    Store(below, block.Block.LastCommit);
                }

                below = block;
                expected = expected.Next;
            }

            onBytes(size);
        }

        if (below is null || below.Block.Header.Digest != manifest.Header.Digest) return "its blocks do not lead up to its header";
        Store(below, manifest.Certificate);
        return null;

        void Store(CommittedBlock block, CommitCertificate? certificate)
        {
            var whole = certificate is null || certificate.Hash == block.Certificate?.Hash ? block : CommittedBlock.Of(block.Block, certificate, block.Receipts);
            blocks.Add(whole);
            state.Add(whole.Block);
        }
    }

    private bool TryReadSet(out ValidatorSet set)
    {
        set = null!;
        return _needed.TryGetValue(StateKeys.Parameters, out _)
            && _needed.TryGetValue(StateKeys.Validators, out var bytes)
            && CanonicalProto.TryParse(ValidatorSetMessage.Parser, bytes.Span, ProtocolLimits.MaxStateValueBytes, out var message)
            && ValidatorSet.TryFrom(message, out set!);
    }

    private sealed class NeededRows(Dictionary<StateKey, ReadOnlyMemory<byte>> rows) : IStateReader
    {
        public bool TryGet(StateKey key, out ReadOnlyMemory<byte> value) => rows.TryGetValue(key, out value);
    }
}
