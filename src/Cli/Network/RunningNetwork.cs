using LicenceChain.Node;
using LicenceChain.Node.Api;
using LicenceChain.Node.Configuration;
using LicenceChain.Verifier;
using LicenceChain.Verifier.Configuration;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Cli.Network;

/// <summary>Every node and Verifier of a network directory in this process: the same code and the same sockets as when each runs by itself.</summary>
internal sealed class RunningNetwork : IAsyncDisposable
{
    private readonly ILoggerFactory _logging;
    private readonly List<NodeApplication> _nodes = [];
    private readonly List<VerifierApplication> _verifiers = [];

    private RunningNetwork(ILoggerFactory logging) => _logging = logging;

    /// <summary>Completes when a node stops by itself; faulted when a broken invariant stopped it.</summary>
    public Task Completion => Task.WhenAny(_nodes.Select(node => node.Completion)).Unwrap();

    /// <summary>Starts all of them; nothing is left running when one cannot start.</summary>
    public static async Task<RunningNetwork> StartAsync(NetworkDirectory directory, Action<ILoggingBuilder> logging, CancellationToken cancel)
    {
        var network = new RunningNetwork(LoggerFactory.Create(logging));
        try
        {
            foreach (var region in directory.Regions)
                network._nodes.Add(await NodeApplication.StartAsync(NodeConfigurationFile.Read(region.NodeConfigurationPath), TimeProvider.System, network._logging, cancel));
            foreach (var region in directory.Regions)
                network._verifiers.Add(await VerifierApplication.StartAsync(VerifierConfigurationFile.Read(region.VerifierConfigurationPath), TimeProvider.System, logging, cancel));
            return network;
        }
        catch (NodeFaultException failure) when (failure is not OutdatedProgramException)
        {
            // At the start it is the files that are at fault, and its message names them.
            await network.DisposeAsync();
            throw CommandFailure.BadInput(failure.Message);
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops in order: the Verifiers anchor their logs through the nodes, then the vaults theirs while a quorum still stands, then the nodes stop.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_verifiers.Select(verifier => verifier.DisposeAsync().AsTask()));
        await Task.WhenAll(_nodes.Select(node => node.DrainAsync()));
        await Task.WhenAll(_nodes.Select(node => node.DisposeAsync().AsTask()));
        _logging.Dispose();
    }
}
