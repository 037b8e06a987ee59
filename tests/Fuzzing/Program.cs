using System.CommandLine;

namespace LicenceChain.Fuzzing;

/// <summary>Feeds decoders and APIs random input by hand; `dotnet test` does so for a short time.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args)
    {
        var target = new Option<string?>("--target") { Description = "Only targets whose name begins like this; all by default." };
        var minutes = new Option<double>("--minutes") { Description = "How long, over all targets.", DefaultValueFactory = _ => 1 };
        var seed = new Option<int>("--seed") { Description = "The first input's; each target counts up from it. 1 begins with the sound samples.", DefaultValueFactory = _ => Engine.Fuzzer.FirstSeed };
        var count = new Option<long>("--count") { Description = "At most this many inputs a target.", DefaultValueFactory = _ => long.MaxValue };
        var input = new Option<string?>("--input") { Description = "Instead of random input: this, in hexadecimal, to the one target." };
        var root = new RootCommand("Random input to every decoder and API. Example: --target block --minutes 5 --seed 1") { target, minutes, seed, count, input };
        root.SetAction((parse, cancel) => Campaign.RunAsync(
            new CampaignOptions(parse.GetValue(target) ?? "", TimeSpan.FromMinutes(parse.GetValue(minutes)), parse.GetValue(seed), parse.GetValue(count), parse.GetValue(input)), Console.WriteLine));
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }
}
