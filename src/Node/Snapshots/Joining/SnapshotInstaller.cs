using System.Buffers;
using System.Diagnostics.CodeAnalysis;
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
    // Chunks that are read, parsed and hashed on other cores while the one before them is stored: a few megabytes.
    private const int ReadAhead = 3;

    // First byte of StateKeys.Agreement.
    private const byte AgreementPrefix = (byte)'a';

    private readonly List<StateLeaf> _leaves = [];
    private readonly Dictionary<StateKey, ReadOnlyMemory<byte>> _needed = [];
    private readonly List<string> _agreements = [];

    /// <summary>The set that decides the height above the snapshot's; known once it is installed.</summary>
    public ValidatorSet? Next { get; private set; }

    /// <summary>The agreements in its rows: the vault gathers their names from the blocks otherwise, and most of those are not here.</summary>
    public IReadOnlyList<string> Agreements => _agreements;

    /// <summary>Fills <paramref name="state"/> and <paramref name="blocksFolder"/>, both new. Returns why not; empty when both are whole and on the disk.</summary>
    public string Install(IStateLoader state, IStorageFolder blocksFolder, CancellationToken cancellationToken)
    {
        // 1. Rows, until they give the root that the header names.
        byte[] last = [];
        foreach (var (index, size, chunk) in Read(0, manifest.RowChunks, ReadRows))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (chunk is null || last.AsSpan().SequenceCompareTo(chunk.Rows.Key(0)) >= 0) return $"chunk {index} holds no rows in ascending order";
            last = chunk.Rows.Key(chunk.Rows.Count - 1).ToArray();
            Add(state, chunk);
            ArrayPool<byte>.Shared.Return(chunk.Buffer);
            onBytes(size);
        }

        var root = SparseMerkleRoot.Of(_leaves);
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
    private IEnumerable<(int Index, int Size, T? Content)> Read<T>(int from, int to, Func<int, (int, T?)> read)
        where T : class
    {
        var ahead = new Queue<Task<(int, T?)>>();
        var next = from;
        for (var index = from; index < to; index++)
        {
            for (; next < to && ahead.Count < ReadAhead; next++)
            {
                var chunk = next;
                ahead.Enqueue(Task.Factory.StartNew(() => read(chunk), CancellationToken.None, TaskCreationOptions.DenyChildAttach, workers));
            }

            var (size, parsed) = ahead.Dequeue().GetAwaiter().GetResult();
            yield return (index, size, parsed);
        }
    }

    // Into a buffer that the next chunks use again, once the rows are stored.
    private (int, HashedRows?) ReadRows(int index)
    {
        byte[] buffer = [];
        return files.TryReadChunk(manifest, index, isChecked, length => buffer = ArrayPool<byte>.Shared.Rent(length), out var content) && SnapshotRows.TryParse(content, out var rows)
            ? (content.Length, new HashedRows(rows, rows.ToLeaves(), buffer))
            : (0, null);
    }

    private (int, WindowBlock[]?) ReadBlocks(int index) =>
        files.TryReadChunk(manifest, index, isChecked, static length => GC.AllocateUninitializedArray<byte>(length), out var content) && BlockChunk.TryParse(content, out var blocks)
            ? (content.Length, blocks)
            : (0, null);

    private void Add(IStateLoader state, HashedRows chunk)
    {
        var rows = chunk.Rows;
        for (var i = 0; i < rows.Count; i++)
        {
            var key = rows.Key(i);
            var value = rows.Value(i);
            if (key.SequenceEqual(StateKeys.Parameters.Span) || key.SequenceEqual(StateKeys.Validators.Span)) _needed[StateKey.From(key)] = value.ToArray();
            if (key is [AgreementPrefix, _, ..] && _agreements.Count < VaultLimits.MaxAgreements) _agreements.Add(Encoding.UTF8.GetString(key[2..]));
            state.Add(key, value.Span);
        }

        _leaves.AddRange(chunk.Leaves);
    }

    // A block's own certificate is not under the header above it; the one that the block above carries is, so that one is stored: the members who certified that
    // block have checked it.
    private string? AddBlocks(IStateLoader state, SegmentWriter blocks, CancellationToken cancellationToken)
    {
        var expected = SnapshotWriter.ReplayWindowStart(new NeededRows(_needed), manifest.Height);
        WindowBlock? below = null;
        foreach (var (index, size, chunk) in Read(manifest.RowChunks, manifest.Chunks.Count, ReadBlocks))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (chunk is null) return $"chunk {index} holds no blocks";
            foreach (var block in chunk)
            {
                var header = block.Header;
                if (header.Height != expected || header.Height > manifest.Height || header.Fields.Chain != manifest.Header.Fields.Chain) return $"block {header.Height} stands where {expected} belongs";
                if (below is not null)
                {
                    if (header.Fields.Parent != below.Header.Digest) return $"block {header.Height} does not follow the one below it";
                    if (below.Header.Height.Value > 0 && !Certifies(block.LastCommit, below.Header)) return $"block {header.Height} carries no certificate of the one below it";
                    Store(below, block.LastCommit);
                }

                below = block;
                expected = expected.Next;
            }

            onBytes(size);
        }

        if (below is null || below.Header.Digest != manifest.Header.Digest) return "its blocks do not lead up to its header";
        Store(below, manifest.Certificate);
        return null;

        void Store(WindowBlock block, CommitCertificate? certificate)
        {
            blocks.Add(block.Header.Height, block.Under(certificate));
            state.Add(block.Header.Height, block.Transactions);
        }
    }

    private static bool Certifies([NotNullWhen(true)] CommitCertificate? certificate, BlockHeader header) =>
        certificate is not null && certificate.Height == header.Height && certificate.Digest == header.Digest;

    private bool TryReadSet(out ValidatorSet set)
    {
        set = null!;
        return _needed.TryGetValue(StateKeys.Parameters, out _)
            && _needed.TryGetValue(StateKeys.Validators, out var bytes)
            && CanonicalProto.TryParse(ValidatorSetMessage.Parser, bytes.Span, ProtocolLimits.MaxStateValueBytes, out var message)
            && ValidatorSet.TryFrom(message, out set!);
    }

    private sealed record HashedRows(SnapshotRows Rows, StateLeaf[] Leaves, byte[] Buffer);

    private sealed class NeededRows(Dictionary<StateKey, ReadOnlyMemory<byte>> rows) : IStateReader
    {
        public bool TryGet(StateKey key, out ReadOnlyMemory<byte> value) => rows.TryGetValue(key, out value);
    }
}
