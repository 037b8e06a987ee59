using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using LicenceChain.Cli.Network;
using LicenceChain.Cli.Tests.Commands;
using LicenceChain.Hosting.Listening;
using LicenceChain.Node.Configuration;
using LicenceChain.Verifier;
using LicenceChain.Verifier.Configuration;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Cli.Tests.Network;

public sealed class ServiceRunTests : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _errors = new();

    [Fact]
    public async Task A_Verifier_that_cannot_start_says_why_and_no_stack_trace_comes_before()
    {
        using var folder = new TemporaryFolder();
        await CommandRun.OfAsync("network", "init", "--out", folder.File("net"));
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var configuration = VerifierConfigurationFile.Read(NetworkDirectory.Open(folder.File("net")).Regions[0].VerifierConfigurationPath) with
        {
            Listen = new ListenAddress(IPAddress.Loopback, ((IPEndPoint)taken.LocalEndpoint).Port),
        };

        var refusal = await Assert.ThrowsAsync<PortInUseException>(() => VerifierApplication.StartAsync(configuration, TimeProvider.System, logging =>
        {
            ServiceRun.Logging(logging);
            logging.AddProvider(this);
        }));

        Assert.Contains("is in use", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_errors);
    }

    void IDisposable.Dispose()
    {
    }

    ILogger ILoggerProvider.CreateLogger(string categoryName) => this;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    // That it cannot reach the nodes either is a warning, and may come in time.
    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (exception is not null || logLevel >= LogLevel.Error) _errors.Enqueue($"{eventId} {formatter(state, exception)} {exception}");
    }
}
