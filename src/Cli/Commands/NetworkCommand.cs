using System.CommandLine;
using LicenceChain.Cli.Samples;
using LicenceChain.Cli.Up;
using LicenceChain.Sdk.Wallets;
using Spectre.Console;

namespace LicenceChain.Cli.Commands;

/// <summary><c>network init</c>, <c>network load</c>.</summary>
internal static class NetworkCommand
{
    public static Command Create()
    {
        var network = new ExampleCommand("network", "Make a network of several processes 建立网络.", "licencechain network init --out /tmp/net") { Init(), Load() };
        return network;
    }

    private static ExampleCommand Init()
    {
        var output = new Option<string>("--out", "-o") { Description = "Directory to write; empty, or one of ours with --fresh.", Required = true, HelpName = "DIR" };
        var samples = CommonOptions.Samples();
        var basePort = CommonOptions.BasePort();
        var fresh = new Option<bool>("--fresh") { Description = "Replace the network that stands there." };
        var init = new ExampleCommand(
            "init",
            "Write a development network: genesis, keys, certificates, tokens, and one configuration for each node and Verifier 建立网络.",
            "licencechain network init --out /tmp/net",
            "licencechain network init --out /tmp/net --samples my-samples --base-port 9100 --fresh") { output, samples, basePort, fresh };
        init.Run((context, _) =>
        {
            var reading = SampleReader.Read(context.Value(samples));
            if (reading.Set is not { } set) throw SampleFailure.Of(context.Value(samples), reading);
            if (DataDirectory.Inspect(context.Value(output)) == DirectoryState.Ours && !context.Value(fresh))
                throw CommandFailure.BadInput($"'{context.Value(output)}' holds a network already. Add --fresh to replace it.");
            var options = new UpOptions(context.Value(samples), context.Value(output), context.Value(fresh), Exit: true, context.Value(basePort));
            var directory = SampleNetwork.Create(set, options);
            return Task.FromResult(context.Terminal.Report(
                ExitCode.Ok,
                new { Directory = directory.Root, Chain = directory.Chain.Value, GenesisHash = directory.Anchor.GenesisHash.ToString(), Regions = directory.Regions.Select(Endpoint.Of) },
                console =>
                {
                    console.MarkupLineInterpolated($"Network 网络 [bold]{directory.Chain}[/] written to {directory.Root} 已写入");
                    foreach (var region in directory.Regions) console.MarkupLineInterpolated($"  licencechain node run --config {region.NodeConfigurationPath}");
                    foreach (var region in directory.Regions) console.MarkupLineInterpolated($"  licencechain verifier run --config {region.VerifierConfigurationPath}");
                    console.MarkupLineInterpolated($"Once they run 启动后: licencechain network load --dir {directory.Root}");
                }));
        });
        return init;
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
