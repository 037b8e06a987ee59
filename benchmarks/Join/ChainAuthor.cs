using Google.Protobuf;
using LicenceChain.Node;
using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Join;

/// <summary>Writes a chain straight into a node's data directory: executed and stored by the node's own code, certified with the keys of three of the four.</summary>
internal sealed class ChainAuthor : IDisposable
{
    private const ulong BlockMilliseconds = 1_000;

    private readonly SegmentBlockStore _blocks;
    private readonly SqliteStateStore _state;
    private readonly ChainState _chain;
    private readonly IReadOnlyList<Sm2PrivateKey> _keys;

    public ChainAuthor(NodeConfiguration configuration, IReadOnlyList<Sm2PrivateKey> keys)
    {
        _keys = keys;
        _blocks = SegmentBlockStore.Open(new DiskFolder(Path.Combine(configuration.DataDirectory, "blocks")));
        _state = SqliteStateStore.Open(Path.Combine(configuration.DataDirectory, NodeStores.StateName));
        _chain = ChainOpener.Open(_blocks, _state, GenesisFile.Read(configuration.GenesisPath));
    }

    /// <summary>The height of the next block.</summary>
    public Height Next => _chain.Height.Next;

    /// <summary>Adds a block.</summary>
    public void Add(IReadOnlyList<SignedTransaction> transactions)
    {
        var head = _chain.Head;
        var time = head.Header.Time.Plus(BlockMilliseconds);
        var executed = _chain.Execute(time, transactions);
        var header = BlockHeader.Of(new HeaderFields(
            _chain.Chain, _chain.Height.Next, head.Header.Digest, time, _chain.Next.Validators[0].Key.Id.Value, Block.TransactionRoot(transactions), executed.StateRoot, executed.ReceiptRoot,
            _chain.Next.Hash, executed.Outcome.NextValidators.Hash, head.Certificate?.Hash ?? Hash256.Zero));
        if (executed.Outcome.Receipts.FirstOrDefault(r => !r.Applied) is { } failed) throw new InvalidOperationException($"A transaction of the benchmark failed: {failed}");
        _chain.Append(Block.Of(header, transactions, head.Certificate), Certify(header), executed);
    }

    public void Dispose()
    {
        _state.Dispose();
        _blocks.Dispose();
    }

    private CommitCertificate Certify(BlockHeader header)
    {
        var bytes = new byte[VoteBytes.MaxSize];
        var length = VoteBytes.Write(bytes, header.Fields.Chain, VoteType.Commit, header.Height, default, header.Digest);
        return CommitCertificate.Of(header.Height, default, header.Digest, Enumerable.Range(0, _chain.Next.Quorum).Select(seat =>
        {
            var key = _keys.Single(k => k.PublicKey.Id == _chain.Next.Validators[seat].Key.Id);
            var signature = new byte[Sm2Signature.Size];
            key.Sign(SigningContext.Vote, bytes.AsSpan(0, length), signature);
            return new CommitSignatureMessage { Validator = (uint)seat, Signature = ByteString.CopyFrom(signature) };
        }));
    }
}
