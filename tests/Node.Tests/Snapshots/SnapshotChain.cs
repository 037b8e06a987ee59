using Google.Protobuf;
using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Mempool;
using LicenceChain.Node.Signing;
using LicenceChain.Node.Snapshots;
using LicenceChain.Node.Snapshots.Joining;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;
using Microsoft.Extensions.Logging.Abstractions;

namespace LicenceChain.Node.Tests.Snapshots;

/// <summary>A chain over real stores whose blocks the test certifies with its members' keys, and the snapshots made of it.</summary>
internal sealed class SnapshotChain : INodeClock, IDisposable
{
    /// <summary>Short, so that a snapshot's blocks begin above genesis.</summary>
    public const uint Window = 10;

    private readonly SegmentBlockStore _blocks;
    private readonly SqliteStateStore _state;

    public SnapshotChain(TestNetwork network, TemporaryFolder folder)
    {
        Network = network;
        Folder = folder;
        StatePath = folder.File("state.db");
        Genesis = GenesisFile.Read(network.Configurations[0].GenesisPath);
        _blocks = SegmentBlockStore.Open(new DiskFolder(folder.File("blocks")));
        _state = SqliteStateStore.Open(StatePath);
        Chain = ChainOpener.Open(_blocks, _state, Genesis);
        Shelf = new SnapshotShelf(new DiskTree(folder.Path), "snapshots");
        Maker = new SnapshotMaker(StatePath, Shelf, _blocks, Genesis.GenesisHash, new SnapshotOptions { Interval = 100 }, NullLogger.Instance);
        _state.Written = Maker.OnWritten;
        Maker.Start();
    }

    public TestNetwork Network { get; }

    public TemporaryFolder Folder { get; }

    public string StatePath { get; }

    public Contracts.GenesisOutcome Genesis { get; }

    public ChainState Chain { get; }

    public IBlockStore Blocks => _blocks;

    public SnapshotShelf Shelf { get; }

    public SnapshotMaker Maker { get; }

    public UnixTime Now => new(1);

    public TrustAnchor Anchor => new(Genesis.Chain, Genesis.GenesisHash, new Height(0), Genesis.Validators);

    public static TestNetwork Files() => TestNetwork.Create(parameters: p => p.ValidityWindow = Window);

    /// <summary>Adds a certified block with these transactions.</summary>
    public CommittedBlock Add(params SignedTransaction[] transactions)
    {
        var pool = new TransactionPool();
        foreach (var transaction in transactions) pool.TryAdd(new PendingTransaction(transaction, Network.Members[0].Code, null, false));
        var outcomes = new OutcomeCache();
        var block = new BlockBuilder(Chain, pool, outcomes, new BlockSizing(this), new NodeSigner(Network.Members[0].Consensus)).Build(Chain.Head.Header.Time.Plus(1000), (_, _) => { });
        return Chain.Append(block, Certify(block.Header, 3), Chain.Execute(block.Header.Time, block.Transactions));
    }

    /// <summary>Adds blocks of one transaction each.</summary>
    public void Grow(int blocks)
    {
        for (var i = 0; i < blocks; i++) Add(Network.Transaction(0, Chain.Height.Value + 5));
    }

    /// <summary>Waits until the rows of every block are written.</summary>
    public void Drain() => _state.Drain();

    public CommittedBlock Block(Height height) => _blocks.TryRead(height, out var block) ? block : throw new InvalidOperationException($"No block {height}.");

    /// <summary>A certificate of the first members.</summary>
    public CommitCertificate Certify(BlockHeader header, int signers) => Certify(header, [.. Network.Members.Take(signers).Select(m => m.Consensus)]);

    /// <summary>A certificate of these keys, as if they had the first seats.</summary>
    public static CommitCertificate Certify(BlockHeader header, params Sm2PrivateKey[] keys)
    {
        var bytes = new byte[VoteBytes.MaxSize];
        var length = VoteBytes.Write(bytes, header.Fields.Chain, VoteType.Commit, header.Height, default, header.Digest);
        return CommitCertificate.Of(header.Height, default, header.Digest, keys.Select((key, i) =>
        {
            var signature = new byte[Sm2Signature.Size];
            key.Sign(SigningContext.Vote, bytes.AsSpan(0, length), signature);
            return new CommitSignatureMessage { Validator = (uint)i, Signature = ByteString.CopyFrom(signature) };
        }));
    }

    /// <summary>Asks for a snapshot of the head and waits until it is made.</summary>
    public SnapshotManifest MakeSnapshot()
    {
        _state.Drain();
        var request = SnapshotRequest.Leave(Shelf.Folder);
        SnapshotAnswer? answer = null;
        Assert.True(SpinWait.SpinUntil(() => request.TryTakeAnswer(out answer), TestNetwork.Patience));
        Assert.Equal("", answer!.Failure);
        return Manifest(answer.Height);
    }

    /// <summary>Waits for the snapshot of a height, which the interval makes.</summary>
    public SnapshotManifest Await(ulong height)
    {
        Assert.True(SpinWait.SpinUntil(() => Shelf.Heights().Contains(new Height(height)), TestNetwork.Patience));
        return Manifest(height);
    }

    public SnapshotManifest Manifest(ulong height) =>
        Shelf.Files(new Height(height)).TryReadManifest(out var manifest) ? manifest : throw new InvalidOperationException($"No snapshot of {height}.");

    /// <summary>Installs a snapshot into a new data directory; returns why not.</summary>
    public string Install(SnapshotManifest manifest, string data, SnapshotFiles? from = null)
    {
        var folder = JoinFolder.Of(data);
        var (_, failure) = folder.Build(manifest, Chain.DecidedBy, from ?? Shelf.Files(manifest.Height), isChecked: false, _ => { }, CancellationToken.None);
        if (failure.Length == 0) folder.Finish();
        return failure;
    }

    public void Dispose()
    {
        Maker.Dispose();
        _state.Dispose();
        _blocks.Dispose();
    }
}
