using System.CommandLine;
using LicenceChain.Node;
using LicenceChain.Node.Api;
using LicenceChain.Node.Configuration;
using Microsoft.Extensions.Logging;

namespace LicenceChain.EndToEnd.Faults;

/// <summary><c>clock-host</c>: the production node on a host whose clock somebody sets. Only the clock is not the product's.</summary>
internal static class ClockHostCommand
{
    /// <summary>For <see cref="Load.Network.ValidatorProcess.Script"/>: $1 is node.json, $3 goes before the program, the clock's file stands beside it.</summary>
    public static string Script => $"exec $3 dotnet \"{typeof(ClockHostCommand).Assembly.Location}\" clock-host --config \"$1\"";

    /// <summary>Where the host of a node reads how far its clock is off.</summary>
    public static string ClockFile(string configuration) => Path.Combine(Path.GetDirectoryName(configuration)!, "clock");

    public static Command Create()
    {
        var config = new Option<string>("--config") { Description = "node.json; the file `clock` beside it holds the seconds by which the clock is off.", Required = true };
        var host = new Command("clock-host", "Runs a node on a host whose clock is set by a file. The tests start it.") { config };
        host.SetAction(async (parsed, stop) =>
        {
            var path = parsed.GetValue(config)!;
            using var logging = LoggerFactory.Create(builder => builder.AddSimpleConsole(options => options.SingleLine = true).AddFilter("Microsoft.AspNetCore", LogLevel.Warning));
            await using var node = await NodeApplication.StartAsync(NodeConfigurationFile.Read(path), new ShiftedClock(ClockFile(path)), logging, stop);
            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = stop.Register(() => stopped.TrySetResult());
            await await Task.WhenAny(stopped.Task, node.Completion);
        });
        return host;
    }
}
