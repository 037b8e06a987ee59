using LicenceChain.Cli;
using LicenceChain.Cli.Network;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Fuzzing.Network;

/// <summary>
/// A real network of four regions on loopback that ran a few licences through <c>licencechain up</c>: its files are the sound input that is damaged, and its nodes and
/// Verifiers then serve their APIs.
/// </summary>
internal sealed class SampleChain : IAsyncDisposable
{
    private readonly RunningNetwork _network;

    private SampleChain(string folder, NetworkDirectory directory, RunningNetwork network, IReadOnlyList<CommittedBlock> blocks, IReadOnlyList<WalRecordMessage> votes, Dictionary<string, byte[]> files)
    {
        (Folder, Directory, _network, Blocks, Votes, Files) = (folder, directory, network, blocks, votes, files);
        using var authority = TokenAuthority.OpenOrCreate(directory.TokenKeyPath, TimeProvider.System);
        Token = authority.Issue(new TokenClaims("fuzzing", directory.Regions[0].Bureau.Value, Cli.Clients.NetworkClients.AllRoles), TokenAuthority.MaxLifetime);
    }

    public string Folder { get; }

    public string Samples => Path.Combine(Folder, "samples");

    public NetworkDirectory Directory { get; }

    public IReadOnlyList<CommittedBlock> Blocks { get; }

    public IReadOnlyList<WalRecordMessage> Votes { get; }

    /// <summary>What the first node had on disk when it stopped, by file name.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; }

    /// <summary>May do everything.</summary>
    public string Token { get; }

    public string Presentation => Path.Combine(Folder, "shown.bin");

    public string Bundle => Path.Combine(Folder, "bundle.bin");

    public string NodeFolder => Path.GetDirectoryName(Directory.Regions[0].NodeConfigurationPath)!;

    public static async Task<SampleChain> StartAsync()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("licencechain-fuzz-").FullName;
        var (samples, data) = (Path.Combine(folder, "samples"), Path.Combine(folder, "net"));
        SmallSamples.Write(Path.Combine(AppContext.BaseDirectory, "samples"), samples);
        var port = PortPlan.Free(regions: 4).First;
        await RunAsync("up", "--exit", "--samples", samples, "--dir", data, "--base-port", $"{port}");

        var directory = NetworkDirectory.Open(data);
        var node = Path.Combine(Path.GetDirectoryName(directory.Regions[0].NodeConfigurationPath)!, "data");
        var blocks = new List<CommittedBlock>();
        using (var store = SegmentBlockStore.Open(new DiskFolder(Path.Combine(node, "blocks"))))
            for (var height = new Height(0); height <= store.Head!.Value; height = height.Next)
                if (store.TryRead(height, out var block))
                    blocks.Add(block);
        IReadOnlyList<WalRecordMessage> votes;
        using (var log = VoteLog.Open(new DiskFolder(node), "votes.wal", mustExist: true)) votes = log.Recovered;

        var files = System.IO.Directory.EnumerateFiles(node, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) is "records" or "votes.wal" or "00000000000000000000.seg")
            .ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);
        var network = await RunningNetwork.StartAsync(directory, logging => logging.ClearProviders(), CancellationToken.None);
        var chain = new SampleChain(folder, directory, network, blocks, votes, files);
        var (serial, matter, attribute) = chain.FirstRequest();
        await RunAsync("present", serial, "--audience", directory.Regions[1].Bureau.Value, "--matter", matter, "--attributes", attribute, "--authorise", "--out", chain.Presentation, "--dir", data);
        await RunAsync("verify", chain.Presentation, "--export", chain.Bundle, "--dir", data);
        return chain;
    }

    public async ValueTask DisposeAsync()
    {
        await _network.DisposeAsync();
        System.IO.Directory.Delete(Folder, recursive: true);
    }

    private static async Task RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        var exit = await CommandLine.RunAsync(arguments, output, output, CancellationToken.None);
        if (exit is not ((int)ExitCode.Ok or (int)ExitCode.Negative)) throw new InvalidOperationException($"licencechain {string.Join(' ', arguments)} gave {exit}:\n{output}");
    }

    private (string Serial, string Matter, string Attribute) FirstRequest()
    {
        var columns = File.ReadAllLines(Path.Combine(Samples, "requests.csv"))[1].Split(',');
        return (columns[5], columns[4], columns[8].Trim('"').Split([';', '|', ' '])[0]);
    }
}
