using Google.Protobuf;
using LicenceChain.Node.Snapshots;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Tests.Snapshots;

[Trait("Rule", "C-CERT")]
public sealed class SnapshotTrustTests : IAsyncLifetime
{
    private readonly TestNetwork _network = TestNetwork.Create(validators: 4, observers: 1, parameters: p => p.ValidityWindow = SnapshotChain.Window);
    private readonly TemporaryFolder _folder = new();
    private readonly SnapshotChain _chain;
    private readonly SnapshotManifest _manifest;
    private readonly ValidatorSet _later;

    public SnapshotTrustTests()
    {
        _chain = new SnapshotChain(_network, _folder);
        _chain.Grow(12);
        _manifest = _chain.MakeSnapshot();
        _later = ValidatorSet.Of([.. _network.Members.Skip(1).Select(m => new Validator(m.Code, m.Consensus.PublicKey))]);
    }

    private Sm2PrivateKey[] Old => [.. _network.Members.Take(3).Select(m => m.Consensus)];

    private Sm2PrivateKey[] New => [.. _network.Members.Skip(1).Take(3).Select(m => m.Consensus)];

    [Fact]
    public void A_header_certified_by_the_genesis_set_is_trusted() => AssertTrusted(_manifest);

    [Fact]
    public void A_certificate_below_the_quorum_is_refused() =>
        AssertRefused("not certified", WithHeader(_manifest.Header, _chain.Certify(_manifest.Header, 2)));

    [Fact]
    public void A_certificate_of_other_keys_is_refused() =>
        AssertRefused("not certified", WithHeader(_manifest.Header, SnapshotChain.Certify(_manifest.Header, New)));

    [Fact]
    public void A_header_of_another_height_than_its_certificate_is_malformed() =>
        Assert.Throws<InvalidOperationException>(() => WithHeader(At(99, _chain.Genesis.Validators, _chain.Genesis.Validators), _manifest.Certificate));

    [Fact]
    public void A_snapshot_of_another_chain_is_refused() =>
        AssertRefused("another chain", ForgedSnapshot.WithManifest(_manifest, m => m.GenesisHash = ByteString.CopyFrom(Sm3.Hash("other"u8).Span)));

    [Fact]
    [Trait("Rule", "C-CHANGE")]
    public void A_header_that_a_later_set_decided_is_trusted_through_the_chain_of_sets() => AssertTrusted(Changed(Old, New));

    [Fact]
    [Trait("Rule", "C-CHANGE")]
    public void A_change_that_the_set_before_it_did_not_certify_is_refused() => AssertRefused("at 5 is not certified", Changed(New, New));

    [Fact]
    [Trait("Rule", "C-CHANGE")]
    public void A_set_that_was_replaced_certifies_nothing_above() => AssertRefused("not certified", Changed(Old, Old));

    [Fact]
    [Trait("Rule", "C-CHANGE")]
    public void A_change_above_the_snapshot_is_refused() => AssertRefused("stands above", Changed(Old, New, changeAt: 30));

    [Fact]
    public void A_chain_of_sets_that_does_not_pass_through_the_anchor_is_refused()
    {
        var anchor = _chain.Anchor with { Height = new Height(8), Validators = _chain.Genesis.Validators };

        AssertRefused("does not pass through the anchor", Changed(Old, New), anchor);
        AssertTrusted(Changed(Old, New), anchor with { Validators = _later });
    }

    [Fact]
    public void A_snapshot_that_is_older_than_the_anchor_is_refused() => AssertRefused("not above the anchor", _manifest, _chain.Anchor with { Height = new Height(500) });

    private SnapshotManifest Changed(Sm2PrivateKey[] changeBy, Sm2PrivateKey[] headBy, ulong changeAt = 5)
    {
        var change = At(changeAt, _chain.Genesis.Validators, _later);
        var head = At(20, _later, _later);
        return ForgedSnapshot.WithManifest(WithHeader(head, SnapshotChain.Certify(head, headBy)), m =>
            m.Changes.Add(new SetChange(change, SnapshotChain.Certify(change, changeBy), _later).ToMessage()));
    }

    private BlockHeader At(ulong height, ValidatorSet decidedBy, ValidatorSet next) =>
        BlockHeader.Of(_manifest.Header.Fields with { Height = new Height(height), ValidatorsHash = decidedBy.Hash, NextValidatorsHash = next.Hash });

    private SnapshotManifest WithHeader(BlockHeader header, CommitCertificate certificate) => ForgedSnapshot.WithManifest(_manifest, m =>
    {
        m.Header = ByteString.CopyFrom(header.Bytes.Span);
        m.Certificate = ByteString.CopyFrom(certificate.Bytes.Span);
    });

    private void AssertTrusted(SnapshotManifest manifest, TrustAnchor? anchor = null) => Assert.Equal("", new SnapshotTrust(_chain.Anchor, anchor).Check(manifest).Refusal);

    private void AssertRefused(string reason, SnapshotManifest manifest, TrustAnchor? anchor = null)
    {
        var (decidedBy, refusal) = new SnapshotTrust(_chain.Anchor, anchor).Check(manifest);

        Assert.Null(decidedBy);
        Assert.Contains(reason, refusal, StringComparison.Ordinal);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _chain.Dispose();
        _folder.Dispose();
        await _network.DisposeAsync();
    }
}
