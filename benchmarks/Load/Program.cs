using System.CommandLine;
using LicenceChain.Load;

// 1,500 transactions a second is the target that this program measures against: `dotnet run -c Release --project benchmarks/Load -- --help`
var validators = new Option<int>("--validators") { Description = "Validator processes, 4 to 10.", DefaultValueFactory = _ => 4 };
var clients = new Option<int>("--clients") { Description = "Concurrent clients, 1 to 64.", DefaultValueFactory = _ => 4 };
var seconds = new Option<int>("--seconds") { Description = "Measured seconds, 1 to 3600.", DefaultValueFactory = _ => 30 };
var warmup = new Option<int>("--warmup") { Description = "Seconds before the measured time, 0 to 600.", DefaultValueFactory = _ => 15 };
var mode = new Option<string>("--mode") { Description = "single: a licence a transaction; batch: --batch licences a transaction.", DefaultValueFactory = _ => "single" };
mode.AcceptOnlyFromAmong("single", "batch");
var batch = new Option<int>("--batch") { Description = "Licences in a transaction of batch mode, 2 to 500.", DefaultValueFactory = _ => 100 };
var inFlight = new Option<int>("--in-flight") { Description = "Unanswered transactions of a client, 1 to 10000.", DefaultValueFactory = _ => 400 };
var json = new Option<bool>("--json") { Description = "One line of JSON instead of text." };
Bound(validators, 4, 10);
Bound(clients, 1, 64);
Bound(seconds, 1, 3600);
Bound(warmup, 0, 600);
Bound(batch, 2, 500);
Bound(inFlight, 1, 10_000);

var root = new RootCommand("""
    Measures a whole network: validators as processes, links over TLS, durable files; every transaction with its own SM2 signature.
    Example: dotnet run -c Release --project benchmarks/Load -- --validators 4 --clients 4 --seconds 30 --mode single --json
    """)
{
    validators, clients, seconds, warmup, mode, batch, inFlight, json,
};
root.SetAction(async (parsed, stop) =>
{
    var options = new LoadOptions(
        parsed.GetValue(validators),
        parsed.GetValue(clients),
        parsed.GetValue(seconds),
        parsed.GetValue(warmup),
        parsed.GetValue(mode) == "single" ? 1 : parsed.GetValue(batch),
        parsed.GetValue(inFlight),
        parsed.GetValue(json));
    var report = await LoadRun.RunAsync(options, Console.Error, stop);
    Console.WriteLine(options.Json ? report.ToJson() : report.ToString());
    return report.Refused == 0 ? 0 : 1;
});
return await root.Parse(args).InvokeAsync();

static void Bound(Option<int> option, int low, int high) => option.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() is var value && (value < low || value > high)) result.AddError($"{option.Name} is {low} to {high}, not {value}.");
});
