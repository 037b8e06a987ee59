using System.CommandLine;
using LicenceChain.Cli.Clients;
using LicenceChain.Cli.Samples;
using LicenceChain.Cli.Up;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Sdk.Wallets;
using Spectre.Console;

namespace LicenceChain.Cli.Commands;

/// <summary><c>network init</c>, <c>network add-node</c>, <c>network load</c>.</summary>
internal static class NetworkCommand
{
    public static Command Create()
    {
        var network = new ExampleCommand("network", "Make a network of several processes 建立网络.", "licencechain network init --out /tmp/net") { Init(), Load(), AddNode() };
        return network;
    }

    private static ExampleCommand Init()
    {
        var output = new Option<string>("--out", "-o") { Description = "Directory to write; empty, or one of ours with --fresh.", Required = true, HelpName = "DIR" };
        var samples = CommonOptions.Samples();
        var basePort = CommonOptions.BasePort();
        var fresh = new Option<bool>("--fresh") { Description = "Replace the network that stands there." };
        var hosts = CommonOptions.Hosts();
        var latest = (int)ProtocolVersions.Supported.Highest;
        var version = CommonOptions.Number("--protocol-version", $"Version of the protocol in force from height 1 on, 1 to {latest}; below the latest: to rehearse an upgrade.", latest, least: 1, most: latest);
        var init = new ExampleCommand(
            "init",
            "Write a development network: genesis, keys, certificates, tokens, and one configuration for each node and Verifier 建立网络.",
            "licencechain network init --out /tmp/net",
            "licencechain network init --out /tmp/net --samples my-samples --base-port 9100 --fresh",
            "licencechain network init --out /tmp/net --host 310000=10.1.0.31 --host 320000=10.1.0.32 --host 330000=10.1.0.33 --host 340000=10.1.0.34") { output, samples, basePort, fresh, hosts, version };
        init.Run((context, _) =>
        {
            var reading = SampleReader.Read(context.Value(samples));
            if (reading.Set is not { } set) throw SampleFailure.Of(context.Value(samples), reading);
            if (DataDirectory.Inspect(context.Value(output)) == DirectoryState.Ours && !context.Value(fresh))
                throw CommandFailure.BadInput($"'{context.Value(output)}' holds a network already. Add --fresh to replace it.");
            var options = new UpOptions(context.Value(samples), context.Value(output), context.Value(fresh), Exit: true, context.Value(basePort)) { ProtocolVersion = (uint)context.Value(version) };
            var directory = SampleNetwork.Create(set, options, CommonOptions.ReadHosts(context.Value(hosts)));
            return Task.FromResult(context.Terminal.Report(
                ExitCode.Ok,
                new { Directory = directory.Root, Chain = directory.Chain.Value, GenesisHash = directory.Anchor.GenesisHash.ToString(), Regions = directory.Regions.Select(Endpoint.Of) },
                console =>
                {
                    console.MarkupLineInterpolated($"Network 网络 [bold]{directory.Chain}[/] written to {directory.Root} 已写入");
                    foreach (var region in directory.Regions) console.MarkupLineInterpolated($"  licencechain node run --config {region.NodeConfigurationPath}{On(region)}");
                    foreach (var region in directory.Regions) console.MarkupLineInterpolated($"  licencechain verifier run --config {region.VerifierConfigurationPath}{On(region)}");
                    console.MarkupLineInterpolated($"Once they run 启动后: licencechain network load --dir {directory.Root}");
                }));
        });
        return init;
    }

    private static string On(NetworkRegion region) => System.Net.IPAddress.IsLoopback(region.Host) ? "" : $"    # on {region.Host}";

    private static ExampleCommand AddNode()
    {
        var region = new Option<string>("--region") { Description = "Code of the new region, GB/T 2260.", Required = true, HelpName = "CODE" };
        var name = new Option<string?>("--name") { Description = "Its name; default: its code.", HelpName = "NAME" };
        var basePort = new Option<int?>("--base-port") { Description = "First of its ten ports; default: the next ten that are free above the network's.", HelpName = "N" };
        var host = new Option<string>("--host") { Description = "Address of the host that its node and Verifier run on.", HelpName = "ADDRESS", DefaultValueFactory = _ => "127.0.0.1" };
        var directory = CommonOptions.Directory();
        var command = new ExampleCommand(
            "add-node",
            "Add a region to a network that runs: keys, certificate, configurations of its node and its Verifier, and what to propose to governance 增加节点.",
            "licencechain network add-node --region 350000 --name 福建省 --dir /tmp/net",
            "licencechain network add-node --region 350000 --host 10.1.0.35 --dir /tmp/net") { region, name, basePort, host, directory };
        command.Run((context, _) =>
        {
            var network = OpenNetwork.At(context.Value(directory));
            var code = Governance.Ballot.Region(context.Value(region));
            var now = new UnixTime((ulong)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
            var planned = new PlannedRegion(code, context.Value(name) ?? code.Value) { Host = CommonOptions.ReadHost(context.Value(host)) };
            var added = NetworkExtension.AddRegion(network, planned, context.Value(basePort), now);
            return Task.FromResult(context.Terminal.Report(
                ExitCode.Ok,
                new { Region = code.Value, KeyId = added.Key.ToString(), Node = added.Region.NodeConfigurationPath, Verifier = added.Region.VerifierConfigurationPath, Admission = added.AdmissionPath, Ports = Endpoint.Of(added.Region) },
                console =>
                {
                    console.MarkupLineInterpolated($"Region 地区 [bold]{code}[/] written 已写入. Next 下一步:");
                    context.Terminal.Line($"  licencechain governance propose file {added.AdmissionPath} --dir {network.Root}    # member, keys, node; then the others approve");
                    context.Terminal.Line($"  licencechain node run --config {added.Region.NodeConfigurationPath}    # follows as an observer");
                    context.Terminal.Line($"  licencechain governance propose add-validator --region {code} --dir {network.Root}    # once it is at the head");
                }));
        });
        return command;
    }

    private static ExampleCommand Load()
    {
        var directory = CommonOptions.Directory();
        var samples = CommonOptions.Samples();
        var load = new ExampleCommand(
            "load",
            "Bring licence types, matters and the recognition agreement onto a running network; what stands there already is left alone 登记目录与协议.",
            "licencechain network load --dir /tmp/net") { directory, samples };
        load.Run(async (context, cancel) =>
        {
            var reading = SampleReader.Read(context.Value(samples));
            if (reading.Set is not { } set) throw SampleFailure.Of(context.Value(samples), reading);
            var network = SampleNetwork.Open(context.Value(directory), set);
            using var up = new UpContext(set, LicencePlan.For(set, network.Regions[0].Bureau), network, new WalletBook(), context.Terminal);
            await new RegistriesStep(up).RunAsync(cancel);
            return context.Terminal.Report(
                ExitCode.Ok,
                new { Directory = network.Root, Types = set.Types.Count, Matters = set.Matters.Count, Agreement = set.Agreement.Name },
                console => console.MarkupLineInterpolated(
                    $"Catalogue 目录 {set.Types.Count} types, {set.Matters.Count} matters; agreement 互认协议 '{set.Agreement.Title}' accepted by {set.Agreement.Regions.Count} regions"));
        });
        return load;
    }
}
