using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Verifier.Api;
using LicenceChain.Verifier.Audit;
using LicenceChain.Verifier.Tests.Support;

namespace LicenceChain.Verifier.Tests.Audit;

[Collection(OneNetwork.Name)]
public sealed class AuditTests(TestNetwork network) : IAsyncLifetime
{
    private TestLicence _licence = null!;

    public async Task InitializeAsync() => _licence = await network.IssueAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task An_access_leaves_two_halves_with_one_use_id_and_one_digest_of_what_was_released()
    {
        var reply = await network.Verifier.VerifyAsync(_licence.Ask(await _licence.GrantAsync()));
        var trail = await TrailWithVaultAsync();
        var own = Assert.Single(trail.Entries, e => e.Side == "verifier" && e.UseId == reply.UseId);
        var vault = Assert.Single(trail.Entries, e => e.Side == "vault" && e.UseId == reply.UseId);
        Assert.Equal((own.UseId, own.ResultDigest, "released"), (vault.UseId, vault.ResultDigest, vault.Decision));
        Assert.Equal(network.Office.Bureau.Value, vault.Requester);
        Assert.Equal(reply.Log.Index, own.Index);
        Assert.True(trail.Complete, string.Join(" ", trail.Findings));
    }

    [Fact]
    public async Task Every_entry_is_proven_to_whoever_holds_the_anchor()
    {
        await network.Verifier.VerifyAsync(_licence.Ask(await _licence.GrantAsync()));
        var trail = await TrailWithVaultAsync();
        Assert.True(Protocol.Proofs.LicenceProof.TryParse(Convert.FromBase64String(trail.Proof!), out var proof));
        var facts = proof.Verify(network.Network.Anchor);
        Assert.NotNull(facts);
        Assert.All(trail.Entries, shown =>
        {
            Assert.True(shown.Proven);
            var entry = AccessEntry.Parser.ParseFrom(Convert.FromBase64String(shown.Entry));
            Assert.True(facts.TryGet(StateKeys.Checkpoint(shown.Origin), out var bytes));
            var checkpoint = CheckpointRecord.Parser.ParseFrom(bytes!.Value.Span);
            var path = entry.Inclusion.Path.Select(h => Hash256.From(h.Span)).ToArray();
            Assert.True(MerkleTree.VerifyInclusion(MerkleTree.LeafHash(entry.Record.Span), entry.Inclusion.Index, checkpoint.Size, path, Hash256.From(checkpoint.Root.Span)));
        });
    }

    [Fact]
    public async Task Refusals_stand_in_the_trail_too()
    {
        var reply = await network.Verifier.VerifyAsync(_licence.Ask(null));
        var entry = Assert.Single((await network.Verifier.TrailAsync(_licence)).Entries, e => e.UseId == reply.UseId);
        Assert.Equal(("refused", reply.Decision.Code), (entry.Decision, entry.Code));
    }

    [Fact]
    public async Task Reading_the_trail_is_itself_logged_with_who_read()
    {
        await network.Verifier.TrailAsync(_licence);
        var trail = await network.Verifier.TrailAsync(_licence);
        var readings = trail.Entries.Where(e => e.Side == "verifier" && e.Code == AuditService.ReadingCode).ToList();
        Assert.Equal(2, readings.Count); // the one before, and this very one
        Assert.All(readings, r => Assert.Equal(("officer-1", network.Office.Bureau.Value), (r.Officer, r.Requester)));
    }

    [Fact]
    public async Task The_log_survives_a_restart_and_goes_on_under_its_anchors()
    {
        var first = await AskOtherOfficeAsync();
        var second = await AskOtherOfficeAsync();
        Assert.Equal(first.Log.Index + 1, second.Log.Index);
        await using var verifier = await RunningVerifier.StartAsync(network, TestNetwork.Configuration(network.OtherOffice));
        var own = (await verifier.TrailAsync(_licence)).Entries.Where(e => e.Side == "verifier").ToList();
        Assert.Equal([first.Log.Index, first.Log.Index + 1, first.Log.Index + 2], own.Select(e => e.Index));
        Assert.All(own, e => Assert.True(e.Proven));
    }

    [Fact]
    public async Task Personal_data_never_stands_in_the_log()
    {
        await AskOtherOfficeAsync();
        var folder = Path.Combine(TestNetwork.Configuration(network.OtherOffice).DataDirectory, "access-log");
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            var text = System.Text.Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file));
            Assert.DoesNotContain("高娟然", text, StringComparison.Ordinal);
            Assert.DoesNotContain("文化路", text, StringComparison.Ordinal);
        }
    }

    // One request to a Verifier that is started for it and stopped after it.
    private async Task<VerificationReply> AskOtherOfficeAsync()
    {
        await using var verifier = await RunningVerifier.StartAsync(network, TestNetwork.Configuration(network.OtherOffice));
        var reply = await verifier.VerifyAsync(_licence.Ask(network.OtherOffice, await _licence.GrantAsync(office: network.OtherOffice), "address", "name"));
        Assert.Equal("recognised", reply.Decision.Outcome);
        return reply;
    }

    // The vault puts its checkpoints on chain by its own clock: until then its half is counted as waiting.
    private async Task<AuditTrailReply> TrailWithVaultAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var trail = await network.Verifier.TrailAsync(_licence);
            if (trail.Unanchored == 0 && trail.Entries.Any(e => e.Side == "vault")) return trail;
            limit.Token.ThrowIfCancellationRequested();
        }
    }
}
