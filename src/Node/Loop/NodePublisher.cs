using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Divergence;
using LicenceChain.Node.Standings;
using LicenceChain.Node.Storage;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;

namespace LicenceChain.Node.Loop;

/// <summary>The read side: the loop publishes, any thread reads. T10: who follows is woken once a block.</summary>
internal sealed class NodePublisher : INodeQueries
{
    /// <summary>Blocks kept in memory: those who follow the head read them from here, not from the disk.</summary>
    private const int RecentBlocks = 32;

    private readonly IBlockStore _blocks;
    private readonly IStateStore _state;
    private readonly Hash256 _genesisHash;
    private readonly CommittedBlock?[] _recent = new CommittedBlock?[RecentBlocks];
    private volatile PublishedHead _head;
    private volatile NodeCounts _counts = NodeCounts.None;
    private volatile StandingBoard? _board;

    public NodePublisher(IBlockStore blocks, IStateStore state, ChainState chain, ValidatorSet genesisValidators)
    {
        _blocks = blocks;
        _state = state;
        _genesisHash = chain.GenesisHash;
        _head = new PublishedHead(chain.Head, chain.Tree, 0);
        GenesisAnchor = new TrustAnchor(chain.Chain, chain.GenesisHash, new Height(0), genesisValidators);
    }

    /// <inheritdoc/>
    public TrustAnchor GenesisAnchor { get; }

    /// <inheritdoc/>
    public NodeStatus Status
    {
        get
        {
            var head = _head;
            var counts = _counts;
            var header = head.Head.Header;
            return new NodeStatus(
                header.Fields.Chain, _genesisHash, header.Height, header.Digest, header.Fields.StateRoot, header.Time, counts.Peers, counts.Mempool, counts.MempoolBytes,
                counts.IsValidator, counts.IsBehind, counts.Alarm, head.Transactions, counts.Refused, counts.Round)
            {
                LowestBlock = counts.Lowest,
                MissingBlocks = counts.Missing,
                HealedBlocks = counts.Healed,
            };
        }
    }

    /// <inheritdoc/>
    public NodeWhy Why => _board?.Read() ?? throw new InvalidOperationException("No loop has said yet where this node stands.");

    /// <summary>A block was stored and applied.</summary>
    public void Publish(CommittedBlock block, ChainState chain)
    {
        var before = _head;
        Volatile.Write(ref _recent[block.Block.Header.Height.Value % RecentBlocks], block);
        _head = new PublishedHead(chain.Head, chain.Tree, before.Transactions + (ulong)block.Block.Transactions.Count);
        before.Replace();
    }

    /// <summary>Where the node and its peers say that they stand.</summary>
    public void Publish(StandingBoard board) => _board = board;

    /// <summary>What the status says beside the head.</summary>
    public void Publish(NodeCounts counts) => _counts = counts;

    /// <inheritdoc/>
    public bool TryGetState(StateKey key, out ReadOnlyMemory<byte> value)
    {
        var hash = key.Hash;
        while (true)
        {
            value = default;
            var head = _head;
            if (!head.Tree.TryGetValueHash(hash, out var expected)) return false;
            if (TryRead(head, key, expected, out value)) return true;
            if (_head == head) return _state.Shared.TryGet(key, out value); // its block is about to be published; its tree is not here yet
        }
    }

    /// <inheritdoc/>
    public async ValueTask<LicenceProof> ProveAsync(IReadOnlyList<StateKey> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Count is 0 or > ProtocolLimits.MaxProofKeys || keys.Distinct().Count() != keys.Count)
            throw new ArgumentException($"A proof is of 1 to {ProtocolLimits.MaxProofKeys} distinct keys.", nameof(keys));
        while (true)
        {
            var head = _head;
            if (head.Head.Certificate is not null && TryProve(head, keys, out var proof)) return proof;
            await head.Replaced.WaitAsync(cancellationToken); // nobody certifies genesis; or a row has changed already and its block is about to be published
        }
    }

    /// <inheritdoc/>
    public bool TryGetBlock(Height height, [NotNullWhen(true)] out CommittedBlock? block)
    {
        block = Volatile.Read(ref _recent[height.Value % RecentBlocks]);
        if (block is not null && block.Block.Header.Height == height) return true;
        block = null;
        return height <= _head.Head.Header.Height && _blocks.TryRead(height, out block);
    }

    /// <inheritdoc/>
    public bool TryGetTransaction(TransactionId transaction, out Height height, out int index) =>
        _state.TryGetTransaction(transaction, out height, out index) && height <= _head.Head.Header.Height;

    /// <inheritdoc/>
    public async IAsyncEnumerable<CommittedBlock> FollowAsync(Height from, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, _blocks.Lowest);
        for (var next = from; ;)
        {
            var head = _head;
            while (next <= head.Head.Header.Height)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!TryGetBlock(next, out var block))
                {
                    ArgumentOutOfRangeException.ThrowIfLessThan(next, _blocks.Lowest, nameof(from));
                    break; // damaged: looked at again with the next head, while a peer's copy is fetched
                }

                yield return block;
                next = next.Next;
            }

            if (!follow && next > head.Head.Height) yield break;
            await head.Replaced.WaitAsync(cancellationToken);
        }
    }

    // Rows may already be those of the next block: a value that is not the one under this head's root makes us try again with the next head.
    private bool TryProve(PublishedHead head, IReadOnlyList<StateKey> keys, [NotNullWhen(true)] out LicenceProof? proof)
    {
        proof = null;
        var message = new LicenceProofMessage { Header = Wrap(head.Head.Header.Bytes), Certificate = Wrap(head.Head.Certificate!.Bytes) };
        foreach (var key in keys)
        {
            var hash = key.Hash;
            ReadOnlyMemory<byte> value = default;
            if (head.Tree.TryGetValueHash(hash, out var expected) && !TryRead(head, key, expected, out value)) return false;
            message.States.Add(head.Tree.Prove(hash).ToMessage(key.Span, value.Span));
        }

        return LicenceProof.TryFrom(message, out proof) ? true : throw new InvalidOperationException("A proof of our own is malformed.");
    }

    // False when the rows are those of a later block already. What else is not under the head's root rotted on the disk: it is not served, and the node stops.
    private bool TryRead(PublishedHead head, StateKey key, Hash256 expected, out ReadOnlyMemory<byte> value)
    {
        if (_state.Shared.TryGet(key, out value) && Sm3.Hash(value.Span) == expected) return true;
        if (_head != head || _state.Committed > head.Head.Header.Height) return false;
        var damage = StateDamagedException.Row(KeyText.Of(key));
        _state.Condemn(damage);
        throw damage;
    }

    private static ByteString Wrap(ReadOnlyMemory<byte> bytes) => UnsafeByteOperations.UnsafeWrap(bytes);
}
