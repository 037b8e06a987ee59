using System.Net;
using LicenceChain.Hosting.Health;
using LicenceChain.Hosting.Listening;
using LicenceChain.Hosting.Metrics;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Diagnostics;
using LicenceChain.Node.Vault;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Api;

/// <summary>A whole node: the core with its links, the vault, and the APIs over both.</summary>
public sealed class NodeApplication : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly VaultService _vault;
    private int _drained;
    private int _stopped;

    private NodeApplication(NodeHost node, VaultService vault, WebApplication web, Uri rest, Uri grpc) =>
        (Node, _vault, _web, Rest, Grpc) = (node, vault, web, rest, grpc);

    /// <summary>The core.</summary>
    public NodeHost Node { get; }

    /// <summary>Where the REST API listens.</summary>
    public Uri Rest { get; }

    /// <summary>Where the gRPC API listens (cleartext HTTP/2).</summary>
    public Uri Grpc { get; }

    /// <summary>Completes when the core has stopped; faulted when a broken invariant stopped it.</summary>
    public Task Completion => Node.Completion;

    /// <summary>
    /// Starts the core, opens the vault, and listens. Throws <see cref="PortInUseException"/> for a port that is taken and exceptions that name file and
    /// remedy for everything else that an operator can put right; nothing is left running then.
    /// </summary>
    public static async Task<NodeApplication> StartAsync(NodeConfiguration configuration, TimeProvider clock, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(logging);
        var logger = logging.CreateLogger<NodeApplication>();
        var registry = new MetricsRegistry();
        var metrics = new NodeMetrics(registry);
        VaultService? vault = null;
        WebApplication? web = null;
        var node = await NodeHost.StartAsync(configuration, clock, logging, cancellationToken);
        try
        {
            NodeMetrics.Register(registry, node.Queries);
            NodeMetrics.RegisterDisk(registry, configuration.DataDirectory);
            NodeMetrics.RegisterUpgrade(registry, node.Queries);
            NodeMetrics.RegisterExpiry(registry, node.Queries);
            vault = await OpenVaultAsync(configuration, node, metrics, clock, logging, cancellationToken);
            var opened = vault;
            NodeMetrics.RegisterVault(registry, () => opened.IsDamaged);
            web = NodeApi.Build(configuration, node.Queries, node.Gate, vault, registry, metrics, clock, logging);
            var addresses = NodeApi.Addresses(configuration);
            await web.StartOrExplainAsync(addresses, cancellationToken);
            var bound = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a)).ToList();
            var application = new NodeApplication(node, vault, web, bound[0], bound[1]);
            Log.ApiStarted(logger, application.Rest, application.Grpc, vault.Identity.Member.Value, vault.AccessLog.Size);
            return application;
        }
        catch
        {
            if (web is not null) await web.DisposeAsync();
            if (vault is not null) await vault.DisposeAsync();
            await node.DisposeAsync();
            throw;
        }
    }

    // A node that follows before it is admitted waits here; if its core stops meanwhile, that is the outcome.
    private static async Task<VaultService> OpenVaultAsync(NodeConfiguration configuration, NodeHost node, NodeMetrics metrics, TimeProvider clock, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var opening = VaultService.OpenAsync(configuration, node.Queries, node.Gate, metrics, clock, logging, ending.Token);
        if (await Task.WhenAny(opening, node.Completion) == opening) return await opening;
        await ending.CancelAsync();
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await node.Completion;
        throw new OperationCanceledException("The node was stopped.");
    }

    /// <summary>Takes no more requests, anchors the vault's log, and stops the core. Idempotent.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0) return;
        await DrainAsync();
        await Node.StopAsync();
    }

    /// <summary>
    /// Takes no more requests and anchors the vault's log, while the core goes on: whoever stops several nodes drains them all first, so that a quorum
    /// still stands for the last of them. Idempotent.
    /// </summary>
    public async Task DrainAsync()
    {
        if (Interlocked.Exchange(ref _drained, 1) != 0) return;
        await _web.StopAsync();
        await _vault.DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _web.DisposeAsync();
        await Node.DisposeAsync();
    }
}
