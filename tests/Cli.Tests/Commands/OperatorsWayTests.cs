using System.Globalization;
using LicenceChain.Cli.Governance;
using LicenceChain.Cli.Network;
using LicenceChain.Node.Configuration;

namespace LicenceChain.Cli.Tests.Commands;

/// <summary>The commands of docs/operations/README.md against services that 'up' did not start.</summary>
public sealed class OperatorsWayTests
{
    [Fact]
    public async Task A_network_made_by_init_is_loaded_once_and_then_issues_presents_verifies_and_audits()
    {
        using var folder = new TemporaryFolder();
        var (net, shown) = (folder.File("net"), folder.File("shown.bin"));
        await SucceedAsync("network", "init", "--out", net, "--samples", Repository.Samples, "--base-port", FreePort());
        await using var services = await RunningNetwork.StartAsync(NetworkDirectory.Open(net), _ => { }, CancellationToken.None);

        await SucceedAsync("network", "load", "--dir", net, "--samples", Repository.Samples);
        await SucceedAsync("network", "load", "--dir", net, "--samples", Repository.Samples);
        await SucceedAsync("issue", Path.Combine(Repository.Samples, "licences.csv"), "--serial", "S001857", "--dir", net);
        await SucceedAsync("present", "S001857", "--audience", "330000", "--matter", "food-filing", "--attributes", "uscc", "--authorise", "--out", shown, "--dir", net);
        await SucceedAsync("verify", shown, "--dir", net);
        var why = await SucceedAsync("why", "--dir", net);
        Assert.True(why.Json.GetProperty("result").GetProperty("live").GetBoolean());
        var asked = await SucceedAsync("why", "--node", NetworkDirectory.Open(net).Regions[0].NodeRest.ToString(), "--anchor", Path.Combine(net, "anchor.json"), "--wait", "10");
        Assert.Equal(4, asked.Json.GetProperty("result").GetProperty("voting").GetInt32()); // one is asked, and heard of the others
        var audit = await SucceedAsync("audit", "S001857", "--dir", net);

        var halves = audit.Json.GetProperty("result").GetProperty("entries").EnumerateArray().Where(entry => entry.GetProperty("matter").GetString() == "food-filing").ToList();
        Assert.Equal(["verifier", "vault"], halves.Select(half => half.GetProperty("side").GetString()));
        Assert.Equal(halves[0].GetProperty("origin").GetString(), halves[1].GetProperty("otherHalf").GetString());
        Assert.Equal(halves[1].GetProperty("origin").GetString(), halves[0].GetProperty("otherHalf").GetString());
    }

    [Fact]
    public async Task A_next_link_certificate_is_made_once_proposed_and_pinned_and_not_proposed_again()
    {
        using var folder = new TemporaryFolder();
        var net = folder.File("net");
        await SucceedAsync("network", "init", "--out", net, "--samples", Repository.Samples, "--base-port", FreePort());
        await using var services = await RunningNetwork.StartAsync(NetworkDirectory.Open(net), _ => { }, CancellationToken.None);
        string[] propose = ["governance", "propose", "link-certificate", "--region", "340000", "--all", "--dir", net];

        var early = await CommandRun.OfAsync(propose);
        var made = await SucceedAsync("keys", "link-certificate", "--region", "340000", "--dir", net);
        var twice = await CommandRun.OfAsync("keys", "link-certificate", "--region", "340000", "--dir", net);
        await SucceedAsync(propose);
        var again = await CommandRun.OfAsync(propose);

        Assert.Equal(((int)ExitCode.BadInput, true), (early.Exit, early.Error.Contains("keys link-certificate", StringComparison.Ordinal)));
        var file = made.Json.GetProperty("result").GetProperty("file").GetString()!;
        Assert.Equal(((int)ExitCode.BadInput, true), (twice.Exit, twice.Error.Contains(file, StringComparison.Ordinal)));
        Assert.Equal(((int)ExitCode.BadInput, true), (again.Exit, again.Error.Contains("already", StringComparison.Ordinal)));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.ChangeExtension(file, ".key")));
    }

    [Fact]
    public async Task A_key_replaced_before_the_next_link_certificate_is_in_place_is_listed_with_that_certificate()
    {
        using var folder = new TemporaryFolder();
        var net = folder.File("net");
        await SucceedAsync("network", "init", "--out", net, "--samples", Repository.Samples, "--base-port", FreePort());
        var directory = NetworkDirectory.Open(net);
        var region = directory.Regions[3];
        string[] own = ["--region", region.Code.Value, "--dir", net];
        await SucceedAsync("keys", "add", region.NodeKeystorePath, "--label", "consensus-2", "--dir", net);
        await using var services = await RunningNetwork.StartAsync(directory, _ => { }, CancellationToken.None);
        await SucceedAsync(["keys", "link-certificate", .. own]);
        await SucceedAsync(["governance", "propose", "link-certificate", "--all", .. own]);
        await SucceedAsync(["governance", "propose", "rotate-key", "--label", "consensus-2", "--all", .. own]);

        using var statuses = new NodeStatuses(directory);
        var listed = Assert.Single((await statuses.Client(directory.Regions[0]).GetNodesAsync(CancellationToken.None))!.Record.Nodes, node => node.Port == region.Ports.Link);
        Assert.Equal(CertificateFingerprint.OfFile(region.NextNodeCertificatePath).Value.ToArray(), listed.CertificateSha256.ToByteArray());
    }

    private static async Task<CommandRun> SucceedAsync(params string[] args)
    {
        var run = await CommandRun.OfAsync([.. args, "--json"]);
        Assert.True(run.Exit == 0, $"{string.Join(' ', args)}: {run.Output}{run.Error}");
        return run;
    }

    private static string FreePort() => PortPlan.Free(regions: 5).First.ToString(CultureInfo.InvariantCulture); // four and one that is added
}
