using System.Text.Json;
using LicenceChain.Hosting.Grpc;
using LicenceChain.Hosting.Health;
using LicenceChain.Hosting.Listening;
using LicenceChain.Hosting.Metrics;
using LicenceChain.Hosting.Problems;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Node.Api.Grpc;
using LicenceChain.Node.Api.Rest;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Diagnostics;
using LicenceChain.Node.Vault;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Api;

/// <summary>Puts the web application together: reads as a table of contents.</summary>
internal static class NodeApi
{
    public static IReadOnlyList<ListenAddress> Addresses(NodeConfiguration configuration) =>
        [new(configuration.ApiAddress, configuration.RestPort), new(configuration.ApiAddress, configuration.GrpcPort)];

    public static WebApplication Build(
        NodeConfiguration configuration, INodeQueries queries, ITransactionGate gate, VaultService vault,
        MetricsRegistry registry, NodeMetrics metrics, TimeProvider clock, ILoggerFactory logging)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            KestrelLimits.Apply(kestrel);
            var addresses = Addresses(configuration);
            kestrel.ListenRest(addresses[0]);
            kestrel.ListenGrpc(addresses[1]);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ApiLimits.ShutdownTimeout);
        builder.Services.AddSingleton(logging);
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(queries);
        builder.Services.AddSingleton(vault);
        builder.Services.AddSingleton(new SubmissionGate(gate, queries, metrics, clock));
        builder.Services.AddSingleton(new EventFeed(queries));
        builder.Services.AddSingleton<StreamSlots>();
        builder.Services.AddSingleton<ChainService>();
        builder.Services.AddSingleton<VaultGrpcService>();
        builder.Services.AddLicenceChainTokens(new TokenOptions { PublicKeyFiles = configuration.TokenPublicKeyPaths });
        builder.Services.AddLicenceChainMetrics(registry);
        builder.Services.AddReadiness("synced", _ => NodeReadiness.Synced(queries));
        builder.Services.AddReadiness("voting", _ => NodeReadiness.Voting(queries));
        builder.Services.AddReadiness("peers", _ => NodeReadiness.Peers(queries));
        builder.Services.AddNodeOpenApi();

        var app = builder.Build();
        app.UseLicenceChainProblems();
        app.UseRequestMetrics();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapTransactions();
        app.MapState();
        app.MapBlocks();
        app.MapEvents();
        app.MapStatus();
        app.MapVault();
        app.MapGrpcMethods(app.Services.GetRequiredService<ChainService>(), app.Services.GetRequiredService<VaultGrpcService>());
        app.MapMetrics();
        app.MapLicenceChainHealth();
        app.MapNodeOpenApi();
        registry.GaugeFrom("licencechain_streams", "Streams of blocks, headers, events and submissions that are open.", () => app.Services.GetRequiredService<StreamSlots>().Open);
        return app;
    }
}
