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
return await root.Parse(args).InvokeAsync();

static void Bound(System.CommandLine.Parsing.OptionResult result, string name, int low, int high)
{
    if (result.GetValueOrDefault<int>() is var value && (value < low || value > high)) result.AddError($"{name} is {low} to {high}, not {value}.");
}
