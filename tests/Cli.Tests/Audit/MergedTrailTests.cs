using LicenceChain.Cli.Audit;
using LicenceChain.Cli.Output;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Sdk.Tests.Support;

namespace LicenceChain.Cli.Tests.Audit;

/// <summary>One licence, two regions that used it, one vault: what each Verifier tells holds the vault's entries of both.</summary>
public sealed class MergedTrailTests
{
    private static readonly LicenceId Licence = LicenceId.Mint("11100000000013127D001", Ledger.Organisation(1), "S000001", 1);

    private static readonly CheckedEntry VaultOne = Entry("vault", "v/vault", 4, "use 1", 20, requester: "a");
    private static readonly CheckedEntry VaultTwo = Entry("vault", "v/vault", 9, "use 2", 40, requester: "b");

    private static readonly CheckedTrail FirstRegion = Trail("310000", Entry("verifier", "a/verifier", 7, "use 1", 21), VaultOne, VaultTwo);
    private static readonly CheckedTrail SecondRegion = Trail("320000", Entry("verifier", "b/verifier", 2, "use 2", 41), VaultOne, VaultTwo);

    [Fact]
    public void Entries_of_all_regions_stand_in_the_order_of_time_with_the_halves_of_an_access_side_by_side()
    {
        var trail = AuditRunner.Merge(Licence, [SecondRegion, FirstRegion]);

        Assert.Equal(["a/verifier[7]", "v/vault[4]", "b/verifier[2]", "v/vault[9]"], trail.Entries.Select(entry => $"{entry.Origin}[{entry.Index}]"));
        Assert.True(trail.Complete);
    }

    [Fact]
    public void A_release_that_no_verifier_of_any_region_logged_is_unmatched()
    {
        var silent = Trail("320000", VaultOne, VaultTwo);

        var trail = AuditRunner.Merge(Licence, [FirstRegion, silent]);

        Assert.Equal(VaultTwo.Index, Assert.Single(trail.Entries, entry => !entry.Matched).Index);
        Assert.False(trail.Complete);
    }

    [Fact]
    public void Readings_stand_by_themselves_and_need_no_other_half()
    {
        var reading = Entry("verifier", "b/verifier", 3, "", 30) with { Matter = "audit-reading", OtherHalf = null };
        var trail = AuditRunner.Merge(Licence, [FirstRegion, Trail("320000", [.. SecondRegion.Entries, reading])]);

        Assert.True(trail.Complete);
        Assert.Equal("b/verifier[3]", $"{trail.Entries[2].Origin}[{trail.Entries[2].Index}]");
    }

    [Fact]
    public void The_trail_of_one_region_says_which_log_holds_the_halves_that_it_does_not_tell()
    {
        using var text = new StringWriter();

        TrailView.Render(new Terminal("audit", text, TextWriter.Null, json: false).Console, FirstRegion);

        Assert.Contains("? other half  vault", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("other half in 另一半见 b/verifier", text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("other half in 另一半见 a/verifier", text.ToString(), StringComparison.Ordinal);
    }

    private static CheckedEntry Entry(string side, string origin, ulong index, string use, ulong seconds, string requester = "a") => new(
        side, origin, index, requester, "counter-01", "school-enrolment", ["name"], use, "released", "OK", 1_700_000_000_000 + (seconds * 1000), Proven: true, Matched: true,
        OtherHalf: side == "vault" ? requester + "/verifier" : "v/vault");

    private static CheckedTrail Trail(string region, params CheckedEntry[] entries) => new(Licence.Value, region, 5, entries, 0, []);
}
