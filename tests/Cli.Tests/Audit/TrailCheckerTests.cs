using Google.Protobuf;
using LicenceChain.Cli.Audit;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Sdk.Tests.Support;
using LicenceChain.Sdk.Verification;
using LicenceChain.Verifier.Api;

namespace LicenceChain.Cli.Tests.Audit;

public sealed class TrailCheckerTests
{
    private const string VerifierOrigin = "a/verifier";
    private const string VaultOrigin = "b/vault";

    private static readonly LicenceId Licence = LicenceId.Mint("11100000000013127D001", Ledger.Organisation(1), "S000001", 1);

    private readonly Ledger _ledger = new();
    private readonly PaperLog _verifier = new(AccessSide.Verifier, VerifierOrigin);
    private readonly PaperLog _vault = new(AccessSide.Vault, VaultOrigin);

    [Fact]
    public async Task A_release_with_both_halves_under_anchored_checkpoints_is_complete()
    {
        Both("use 1");
        Both("use 2");

        var trail = await CheckAsync();

        Assert.True(trail.Complete);
        Assert.Equal(4, trail.Entries.Count);
    }

    [Fact]
    public async Task An_entry_that_was_changed_is_not_proven()
    {
        Both("use 1");

        var trail = await CheckAsync(forge: record => record.Officer = "counter-02");

        Assert.False(trail.Complete);
        Assert.Contains(trail.Entries, entry => entry is { Side: "verifier", Proven: false });
    }

    [Fact]
    public async Task A_release_without_the_vaults_half_is_unmatched()
    {
        _verifier.Add(Licence.Value, "use 1");
        _vault.Add(Licence.Value, "use 2");

        var trail = await CheckAsync();

        Assert.False(trail.Complete);
        Assert.False(Assert.Single(trail.Entries, entry => entry.Side == "verifier").Matched);
    }

    [Fact]
    public async Task Halves_about_different_envelopes_do_not_match()
    {
        _verifier.Add(Licence.Value, "use 1", envelope: "one");
        _vault.Add(Licence.Value, "use 1", envelope: "another");

        Assert.False((await CheckAsync()).Complete);
    }

    [Theory]
    [InlineData(AccessDecision.Refused, "school-enrolment")]
    [InlineData(AccessDecision.Released, "audit-reading")]
    public async Task What_released_nothing_needs_no_other_half(AccessDecision decision, string matter)
    {
        Both("use 1");
        _verifier.Add(Licence.Value, "use 2", decision, matter);

        Assert.True((await CheckAsync()).Complete);
    }

    [Fact]
    public async Task An_entry_about_another_licence_is_a_finding()
    {
        Both("use 1");

        var trail = await CheckAsync(forge: record => record.LicenceId = "1.2.156.3005.2.other");

        Assert.Contains(trail.Findings, finding => finding.Contains("another licence", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Checkpoints_that_no_quorum_certified_prove_nothing()
    {
        Both("use 1");

        var trail = await CheckAsync(signers: 2);

        Assert.False(trail.Complete);
        Assert.All(trail.Entries, entry => Assert.False(entry.Proven));
    }

    [Fact]
    public async Task A_trail_without_a_proof_is_not_complete()
    {
        Both("use 1");

        var trail = await CheckAsync(withProof: false);

        Assert.Single(trail.Findings);
        Assert.False(trail.Complete);
    }

    [Fact]
    public async Task Entries_that_wait_for_a_checkpoint_keep_a_trail_open()
    {
        Both("use 1");

        Assert.False((await CheckAsync(unanchored: 1)).Complete);
    }

    private void Both(string use)
    {
        _verifier.Add(Licence.Value, use);
        _vault.Add(Licence.Value, use);
    }

    private async Task<CheckedTrail> CheckAsync(Action<AccessRecord>? forge = null, int? signers = null, bool withProof = true, ulong unanchored = 0)
    {
        _verifier.AnchorOn(_ledger);
        _vault.AnchorOn(_ledger);
        _ledger.Close(signers: signers);
        var proof = _ledger.Prove(StateKeys.Checkpoint(VerifierOrigin), StateKeys.Checkpoint(VaultOrigin));
        var reply = new AuditTrailReply
        {
            LicenceId = Licence.Value, Complete = true, Entries = [.. _verifier.Entries(forge), .. _vault.Entries()], Checkpoints = [], Unmatched = [], Unanchored = unanchored, Findings = [],
            Proof = withProof ? proof.Message.ToByteString().ToBase64() : null,
        };
        using var node = new FakeNode().Client();
        using var light = new LightClient(node, _ledger.Anchor);
        return await new TrailChecker(light).CheckAsync(RegionCode.Parse("310000"), Licence, reply, CancellationToken.None);
    }
}
