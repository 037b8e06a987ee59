using System.CommandLine;
using LicenceChain.Join;

// Joining is to be ten times faster than replaying: `dotnet run -c Release --project benchmarks/Join -- --help`
var licences = new Option<int>("--licences") { Description = "Licences on the chain, 1000 to 5000000.", DefaultValueFactory = _ => 200_000 };
var perBlock = new Option<int>("--per-block") { Description = "Licences in a block, 1 to 2000.", DefaultValueFactory = _ => 20 };
var commits = new Option<int>("--commits") { Description = "Transactions whose latency is measured with and without a snapshot being made; 0: none.", DefaultValueFactory = _ => 200 };
licences.Validators.Add(result => Bound(result, "--licences", 1_000, 5_000_000));
perBlock.Validators.Add(result => Bound(result, "--per-block", 1, 2_000));
commits.Validators.Add(result => Bound(result, "--commits", 0, 10_000));

var root = new RootCommand("""
    Builds a chain of licences, each issued by its own signed transaction, and lets an empty node come to its head: by a snapshot, and by replaying it from a peer.
    Example: dotnet run -c Release --project benchmarks/Join -- --licences 200000 --per-block 20
    """)
{
    licences, perBlock, commits,
};
root.SetAction(async (parsed, stop) =>
{
    var report = await JoinRun.RunAsync(parsed.GetValue(licences), parsed.GetValue(perBlock), parsed.GetValue(commits), Console.Error, stop);
    Console.WriteLine(report);
    return report.IsTenfold ? 0 : 1;
});

var starts = new Option<int>("--starts") { Description = "How often the node is started.", DefaultValueFactory = _ => 3 };
var perBatch = new Option<int>("--per-block") { Description = "Licences in a block, issued as one batch: 1 to 500.", DefaultValueFactory = _ => 500 };
starts.Validators.Add(result => Bound(result, "--starts", 1, 100));
perBatch.Validators.Add(result => Bound(result, "--per-block", 1, 500));
var restart = new Command("restart", """
    Builds a chain of licences in a node's data directory and measures how long the node takes to start over it: segments opened, every row hashed, the tree's root compared.
    Example: dotnet run -c Release --project benchmarks/Join -- restart --licences 1000000
    """) { licences, perBatch, starts };
restart.SetAction(async (parsed, stop) =>
{
    Console.WriteLine(await RestartRun.RunAsync(parsed.GetValue(licences), parsed.GetValue(perBatch), parsed.GetValue(starts), Console.Error, stop));
    return 0;
});
root.Subcommands.Add(restart);

(int Licences, int PerBlock)[] chains = [(200_000, 20), (200_000, 5), (60_000, 2), (60_000, 5)];
var table = new Command("table", """
    Measures the chains of docs/verification.md one after the other, without latencies, and prints the table: six minutes on two cores.
    Example: dotnet run -c Release --project benchmarks/Join -- table
    """);
table.SetAction(async (_, stop) =>
{
    var isTenfold = true;
    foreach (var chain in chains)
    {
        var report = await JoinRun.RunAsync(chain.Licences, chain.PerBlock, commits: 0, Console.Error, stop);
        Console.WriteLine(report.Row);
        isTenfold &= report.IsTenfold;
    }

    return isTenfold ? 0 : 1;
});
root.Subcommands.Add(table);
return await root.Parse(args).InvokeAsync();

static void Bound(System.CommandLine.Parsing.OptionResult result, string name, int low, int high)
{
    if (result.GetValueOrDefault<int>() is var value && (value < low || value > high)) result.AddError($"{name} is {low} to {high}, not {value}.");
}
