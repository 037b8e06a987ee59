using LicenceChain.Cli.Output;
using LicenceChain.Node;
using LicenceChain.Node.Api;
using LicenceChain.Node.Configuration;
using LicenceChain.Verifier;
using LicenceChain.Verifier.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Spectre.Console;

namespace LicenceChain.Cli.Network;

/// <summary>One service as a process of its own: starts it, says where it listens, and stops it in order when told to.</summary>
internal static class ServiceRun
{
    public static async Task<ExitCode> NodeAsync(string path, Terminal terminal, CancellationToken cancel)
    {
        using var logging = LoggerFactory.Create(Logging);
        await using var node = await StartAsync(path, logging, cancel);
        terminal.Report(ExitCode.Ok, new { node.Rest, node.Grpc }, console => console.MarkupLineInterpolated($"Node 节点: REST {node.Rest} gRPC {node.Grpc}. Ctrl-C stops."));
        await Serving.RunAsync(node.Completion, cancel);
        return ExitCode.Ok;
    }

    public static async Task<ExitCode> VerifierAsync(string path, Terminal terminal, CancellationToken cancel)
    {
        await using var verifier = await VerifierApplication.StartAsync(VerifierConfigurationFile.Read(path), TimeProvider.System, Logging, cancel);
        terminal.Report(ExitCode.Ok, new { verifier.Address }, console => console.MarkupLineInterpolated($"Verifier 核验服务: {verifier.Address}. Ctrl-C stops."));
        await Serving.RunAsync(verifier.WaitForShutdownAsync(CancellationToken.None), cancel);
        return ExitCode.Ok;
    }

    private static async Task<NodeApplication> StartAsync(string path, ILoggerFactory logging, CancellationToken cancel)
    {
        try
        {
            return await NodeApplication.StartAsync(NodeConfigurationFile.Read(path), TimeProvider.System, logging, cancel);
        }
        catch (NodeFaultException failure) when (failure is not (StorageFaultException or OutdatedProgramException))
        {
            // At the start it is the files that are at fault, and its message names them.
            throw CommandFailure.BadInput(failure.Message);
        }
    }

    // To standard error: standard output belongs to the report.
    internal static void Logging(ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffzzz ";
        });
        logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical); // why a service cannot start the command says itself, in one line
    }
}
