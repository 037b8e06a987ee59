using System.CommandLine;
using LicenceChain.EndToEnd.Faults.Hosts;

namespace LicenceChain.EndToEnd.Faults;

/// <summary>Options that the commands share.</summary>
internal static class FaultOptions
{
    public static Option<int> Validators()
    {
        var option = new Option<int>("--validators") { Description = "Validator processes, 4 to 10.", DefaultValueFactory = _ => 7 };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 4 or > 10) result.AddError("--validators is 4 to 10.");
        });
        return option;
    }

    public static Option<NetworkKind> Network() => new("--network")
    {
        Description = "hosts: each validator in a network namespace of its own, faults of packets (root, `ip`, /dev/net/tun); proxy: all on loopback, faults of byte streams. Default: hosts where the machine allows them.",
        HelpName = "hosts|proxy",
        DefaultValueFactory = _ => NetworkKind.Unspecified,
        CustomParser = result =>
        {
            if (result.Tokens is [{ Value: "hosts" }]) return NetworkKind.Hosts;
            if (result.Tokens is [{ Value: "proxy" }]) return NetworkKind.Proxy;
            result.AddError("--network is hosts or proxy.");
            return NetworkKind.Unspecified;
        },
    };

    /// <summary>Starts a network, restores it to health and hands it to <paramref name="run"/>; where hosts were asked for and cannot be, says why and gives exit code 2.</summary>
    public static async Task<int> WithClusterAsync(int validators, NetworkKind kind, int seed, Func<Cluster, Task<int>> run, CancellationToken stop)
    {
        try
        {
            await using var cluster = await Cluster.StartAsync(validators, kind, seed, Console.WriteLine, stop);
            await cluster.RestoreAsync(stop);
            return await run(cluster);
        }
        catch (HostsUnavailableException e)
        {
            await Console.Error.WriteLineAsync($"There can be no hosts on this machine: {e.Message}. Without --network the proxy is used.");
            return 2;
        }
    }

    public static Option<int> Seed() => new("--seed") { Description = "Distances and faults are drawn from it; what the machine does meanwhile is not.", DefaultValueFactory = _ => 1 };
}
