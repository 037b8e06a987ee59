using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LicenceChain.Cli.Network;
using LicenceChain.Cli.Tests.Commands;
using LicenceChain.Hosting.AccessLog;
using LicenceChain.Hosting.Listening;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Proto;
using LicenceChain.Verifier;
using LicenceChain.Verifier.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

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

    [Theory]
    [InlineData("node", "vault-log")]
    [InlineData("verifier", "access-log")]
    public async Task A_service_whose_access_log_is_damaged_does_not_start_and_names_the_folder(string service, string name)
    {
        using var folder = new TemporaryFolder();
        await CommandRun.OfAsync("network", "init", "--out", folder.File("net"), "--base-port", PortPlan.Free(regions: 4).First.ToString(CultureInfo.InvariantCulture));
        var region = NetworkDirectory.Open(folder.File("net")).Regions[0];
        var (configuration, data) = service == "node"
            ? (region.NodeConfigurationPath, NodeConfigurationFile.Read(region.NodeConfigurationPath).DataDirectory)
            : (region.VerifierConfigurationPath, VerifierConfigurationFile.Read(region.VerifierConfigurationPath).DataDirectory);
        var log = Path.Combine(data, name);
        await using (var written = IndexedAccessLog.Open(new DiskLogFiles(log), "11310000MB1LC00013/log", NullLogger<IndexedAccessLog>.Instance))
            for (var i = 0; i < 2; i++) await written.AppendAsync(new AccessRecord { LicenceId = "licence" }, CancellationToken.None);
        var records = Path.Combine(log, "records");
        var bytes = File.ReadAllBytes(records);
        bytes[bytes.Length / 3] ^= 1;
        File.WriteAllBytes(records, bytes);

        var run = await CommandRun.OfAsync(service, "run", "--config", configuration);
        Assert.Equal(((int)ExitCode.BadInput, true), (run.Exit, run.Error.Contains(log, StringComparison.Ordinal)));
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
