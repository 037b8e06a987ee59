using Google.Protobuf;
using LicenceChain.Node.Snapshots;
using LicenceChain.Node.Snapshots.Joining;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Tests.Snapshots;

[Trait("Rule", "C-SYNC")]
public sealed class JoinSessionTests : IAsyncLifetime
{
    private readonly TestNetwork _network = SnapshotChain.Files();
    private readonly TemporaryFolder _folder = new();
    private readonly SnapshotChain _chain;
    private readonly SnapshotManifest _manifest;
    private readonly SnapshotFiles _files;

    public JoinSessionTests()
    {
        _chain = new SnapshotChain(_network, _folder);
        _chain.Grow(12);
        _manifest = _chain.MakeSnapshot();
        _files = _chain.Shelf.Files(_manifest.Height);
    }

    private string Data => _folder.File("joining-node");

    [Fact]
    public void Chunks_come_from_all_who_offer_the_same()
    {
        var peers = new ScriptedPeers(_chain, Data, ScriptedPeers.MustJoin, Sound(0), Sound(1)).Run();

        Assert.Equal(_manifest.ContentId, peers.Session.Outcome!.Manifest!.ContentId);
        Assert.Equal(2, peers.Asked.DistinctBy(a => a.Peer).Count());
    }

    [Fact]
    public void A_peer_that_sends_a_wrong_chunk_is_left_and_another_is_asked()
    {
        var liar = new ScriptedPeer(Key(0), _manifest, _files) { Lie = _ => [1, 2, 3] };

        var peers = new ScriptedPeers(_chain, Data, ScriptedPeers.MustJoin, liar, Sound(1)).Run();

        Assert.NotNull(peers.Session.Outcome!.Manifest);
        Assert.Equal(liar.Key, Assert.Single(peers.Disconnected).Peer);
    }

    [Fact]
    public void A_peer_whose_manifest_is_malformed_is_left()
    {
        var liar = new ScriptedPeer(Key(0), _manifest, _files) { Offer = ByteString.CopyFromUtf8("rubbish") };

        var peers = new ScriptedPeers(_chain, Data, ScriptedPeers.MustJoin, liar, Sound(1)).Run();

        Assert.NotNull(peers.Session.Outcome!.Manifest);
        Assert.Contains("malformed", Assert.Single(peers.Disconnected).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_peer_whose_header_is_not_certified_is_left()
    {
        var forged = ForgedSnapshot.WithManifest(_manifest, m => m.Certificate = ByteString.CopyFrom(_chain.Certify(_manifest.Header, 2).Bytes.Span));

        var peers = new ScriptedPeers(_chain, Data, ScriptedPeers.MustJoin, new ScriptedPeer(Key(0), forged, _files)).Run();

        Assert.Null(peers.Session.Outcome);
        Assert.Contains("not certified", Assert.Single(peers.Disconnected).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_peer_that_owes_a_chunk_for_too_long_is_asked_no_more()
    {
        var silent = new ScriptedPeer(Key(0), _manifest, _files) { IsSilent = true };

        var peers = new ScriptedPeers(_chain, Data, ScriptedPeers.MustJoin, silent, Sound(1)).Run();
        Assert.Null(peers.Session.Outcome);
        peers.Pass(SnapshotLimits.PatienceTicks + 1);

        Assert.NotNull(peers.Session.Outcome!.Manifest);
    }

    [Fact]
    public void A_peer_that_no_longer_holds_what_it_offers_is_not_asked_for_it_for_ever()
    {
        var peers = new ScriptedPeers(_chain, Data, ScriptedPeers.MustJoin, new ScriptedPeer(Key(0), _manifest, _files) { Lie = _ => [] }).Run();
        peers.Pass(SnapshotLimits.GiveUpTicks);

        Assert.Same(JoinOutcome.Nothing, peers.Session.Outcome);
        Assert.True(peers.Asked.Count <= SnapshotLimits.AskedPerPeer);
    }

    [Fact]
    public void An_interrupted_join_goes_on_with_the_chunks_that_it_has()
    {
        var half = new ScriptedPeer(Key(0), _manifest, _files) { Lie = index => index > 0 ? [] : null };
        new ScriptedPeers(_chain, Data, ScriptedPeers.MustJoin, half).Run();

        var peers = new ScriptedPeers(_chain, Data, ScriptedPeers.MustJoin, Sound(1)).Run();

        Assert.NotNull(peers.Session.Outcome!.Manifest);
        Assert.Equal(Enumerable.Range(1, _manifest.Chunks.Count - 1), peers.Asked.Select(a => a.Index).Order());
    }

    [Fact]
    public void An_interrupted_join_goes_on_with_its_snapshot_though_a_newer_one_is_offered()
    {
        var half = new ScriptedPeer(Key(0), _manifest, _files) { Lie = index => index > 0 ? [] : null };
        new ScriptedPeers(_chain, Data, ScriptedPeers.MustJoin, half).Run();
        _chain.Grow(1);
        var newer = _chain.MakeSnapshot();

        var peers = new ScriptedPeers(_chain, Data, ScriptedPeers.MustJoin, Sound(0), new ScriptedPeer(Key(1), newer, _chain.Shelf.Files(newer.Height))).Run();

        Assert.Equal(_manifest.ContentId, peers.Session.Outcome!.Manifest!.ContentId);
    }

    [Fact]
    public void The_newest_snapshot_is_taken()
    {
        _chain.Grow(1);
        var newer = _chain.MakeSnapshot();

        var peers = new ScriptedPeers(_chain, Data, ScriptedPeers.MustJoin, Sound(0), new ScriptedPeer(Key(1), newer, _chain.Shelf.Files(newer.Height))).Run();

        Assert.Equal(newer.Height, peers.Session.Outcome!.Manifest!.Height);
    }

    [Fact]
    public void Chunks_that_are_not_the_state_of_their_header_discredit_who_offered_them()
    {
        var forgedFiles = new SnapshotFiles(_folder.File("forged"));
        var forged = ForgedSnapshot.WithRows(_manifest, _files, forgedFiles, m => m.Rows.RemoveAt(m.Rows.Count - 1));
        var liars = new[] { new ScriptedPeer(Key(0), forged, forgedFiles), new ScriptedPeer(Key(1), forged, forgedFiles) };
        var peers = new ScriptedPeers(_chain, Data, ScriptedPeers.MustJoin, [.. liars, Sound(2)]).Run();
        Assert.Equal(forged.ContentId, peers.Session.Outcome!.Manifest!.ContentId); // two offer it, one the sound one: nobody can tell before all is there

        peers.Session.Discredit("its rows give another root");
        peers.Settle();
        peers.Pass(SnapshotLimits.GatherTicks);

        Assert.Equal(_manifest.ContentId, peers.Session.Outcome!.Manifest!.ContentId);
        Assert.Equal(liars.Select(l => l.Key), peers.Disconnected.Select(d => d.Peer).OrderBy(k => Array.FindIndex(liars, l => l.Key == k)));
    }

    [Fact]
    public void A_starting_node_replays_at_once_where_nobody_can_be_reached()
    {
        var peers = new ScriptedPeers(_chain, Data, new JoinPolicy(new Height(5), MayReplay: true), new ScriptedPeer(Key(0), null, null) { IsReachable = false }).Run();

        Assert.Same(JoinOutcome.Replay, peers.Session.Outcome);
    }

    [Fact]
    public void A_starting_node_replays_where_the_snapshot_saves_little()
    {
        var peers = new ScriptedPeers(_chain, Data, new JoinPolicy(new Height(1_000), MayReplay: true), Sound(0)).Run();

        Assert.Same(JoinOutcome.Replay, peers.Session.Outcome);
    }

    [Fact]
    public void A_starting_node_begins_from_a_snapshot_that_saves_much()
    {
        var peers = new ScriptedPeers(_chain, Data, new JoinPolicy(new Height(5), MayReplay: true), Sound(0)).Run();

        Assert.NotNull(peers.Session.Outcome!.Manifest);
    }

    private ScriptedPeer Sound(int member) => new(Key(member), _manifest, _files);

    private KeyId Key(int member) => _network.Members[member].Consensus.PublicKey.Id;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _chain.Dispose();
        _folder.Dispose();
        await _network.DisposeAsync();
    }
}
