using Google.Protobuf;
using LicenceChain.Node.Snapshots;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Tests.Snapshots;

/// <summary>What a hostile peer may put into chunks that its manifest names: nothing of it becomes a node's state or blocks.</summary>
[Trait("Rule", "C-SYNC")]
public sealed class SnapshotInstallerTests : IAsyncLifetime
{
    private readonly TestNetwork _network = SnapshotChain.Files();
    private readonly TemporaryFolder _folder = new();
    private readonly SnapshotChain _chain;
    private readonly SnapshotManifest _manifest;
    private readonly SnapshotFiles _files;
    private readonly SnapshotFiles _forged;

    public SnapshotInstallerTests()
    {
        _chain = new SnapshotChain(_network, _folder);
        _chain.Grow(15);
        _manifest = _chain.MakeSnapshot();
        _files = _chain.Shelf.Files(_manifest.Height);
        _forged = new SnapshotFiles(_folder.File("forged"));
    }

    [Fact]
    public void A_row_with_another_value_is_refused_by_the_root() => AssertRowsRefused("state root", m => m.Rows[3].Value = ByteString.CopyFromUtf8("other"));

    [Fact]
    public void A_missing_row_is_refused_by_the_root() => AssertRowsRefused("state root", m => m.Rows.RemoveAt(m.Rows.Count - 1));

    [Fact]
    public void An_added_row_is_refused_by_the_root() =>
        AssertRowsRefused("state root", m => m.Rows.Add(new SnapshotRowMessage { Key = ByteString.CopyFromUtf8("zz"), Value = ByteString.CopyFromUtf8("more") }));

    [Fact]
    public void A_row_that_stands_twice_is_refused() => AssertRowsRefused("ascending", m => m.Rows.Insert(1, m.Rows[0].Clone()));

    [Fact]
    public void A_missing_block_of_the_replay_window_is_refused() => AssertBlocksRefused("belongs", m => m.Blocks.RemoveAt(0));

    [Fact]
    public void A_missing_last_block_is_refused() => AssertBlocksRefused("do not lead up", m => m.Blocks.RemoveAt(m.Blocks.Count - 1));

    [Fact]
    public void A_block_with_one_transaction_less_is_refused() => AssertBlocksRefused("", m => m.Blocks[2] = WithoutTransactions(m.Blocks[2]));

    [Fact]
    public void A_block_under_a_forged_certificate_is_stored_under_the_one_that_its_successor_names()
    {
        var forged = ForgedSnapshot.WithBlocks(_manifest, _files, _forged, m =>
        {
            var block = CommittedBlockMessage.Parser.ParseFrom(m.Blocks[1]);
            var certificate = CommitCertificateMessage.Parser.ParseFrom(block.Certificate);
            certificate.Signatures[0].Signature = ByteString.CopyFrom(new byte[64]);
            block.Certificate = certificate.ToByteString();
            m.Blocks[1] = block.ToByteString();
        });

        Assert.Equal("", _chain.Install(forged, _folder.File("joined"), _forged));

        using var joined = new InstalledChain(_folder.File("joined"), _chain);
        Assert.True(joined.Blocks.TryRead(new Height(6), out var stored));
        Assert.True(stored.Certificate!.Verify(_chain.Genesis.Chain, _chain.Genesis.Validators));
    }

    private void AssertRowsRefused(string reason, Action<SnapshotRowsMessage> change) =>
        Assert.Contains(reason, _chain.Install(ForgedSnapshot.WithRows(_manifest, _files, _forged, change), _folder.File("joined"), _forged), StringComparison.Ordinal);

    private void AssertBlocksRefused(string reason, Action<SnapshotBlocksMessage> change)
    {
        var failure = _chain.Install(ForgedSnapshot.WithBlocks(_manifest, _files, _forged, change), _folder.File("joined"), _forged);

        Assert.NotEqual("", failure);
        Assert.Contains(reason, failure, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.File("joined"), "blocks")));
    }

    private static ByteString WithoutTransactions(ByteString bytes)
    {
        var committed = CommittedBlockMessage.Parser.ParseFrom(bytes);
        var block = BlockMessage.Parser.ParseFrom(committed.Block);
        block.Transactions.Clear();
        committed.Block = block.ToByteString();
        committed.Receipts.Clear();
        return committed.ToByteString();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _chain.Dispose();
        _folder.Dispose();
        await _network.DisposeAsync();
    }
}
