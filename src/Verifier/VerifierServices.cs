using LicenceChain.Hosting.AccessLog;
using LicenceChain.Hosting.Health;
using LicenceChain.Hosting.Metrics;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Sdk.Issuing;
using LicenceChain.Verifier.Access;
using LicenceChain.Verifier.Audit;
using LicenceChain.Verifier.Chain;
using LicenceChain.Verifier.Configuration;
using LicenceChain.Verifier.Verifications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Verifier;

/// <summary>What the Verifier is made of.</summary>
internal static class VerifierServices
{
    private const string LogName = "verifier";
    private const string LogFolder = "access-log";

    public static void AddVerifier(this IServiceCollection services, VerifierConfiguration configuration, TrustAnchor anchor, Sm2PrivateKey serviceKey)
    {
        services.AddSingleton(configuration);
        services.AddSingleton(anchor);
        services.AddSingleton(_ => new TransactionFactory(anchor.Chain, serviceKey)); // the keystore owns the key
        services.AddLicenceChainMetrics(new MetricsRegistry());
        services.AddSingleton<VerifierMetrics>();

        services.AddSingleton<NodeTokens>();
        services.AddSingleton<NodeSet>();
        AddRunning<ChainFollower>(services);
        AddRunning<AgreementNames>(services);

        services.AddSingleton(provider => IndexedAccessLog.Open(
            new DiskLogFiles(Path.Combine(configuration.DataDirectory, LogFolder)),
            $"{configuration.Organisation}/{LogName}",
            provider.GetRequiredService<ILogger<IndexedAccessLog>>()));
        services.AddSingleton<AccessJournal>();
        AddRunning<CheckpointAnchor>(services);

        services.AddSingleton<GrantDesk>();
        services.AddSingleton(provider => new VaultDesk(
            provider.GetRequiredService<NodeSet>(), serviceKey, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<VaultDesk>>()));
        services.AddSingleton<VerificationSlots>();
        services.AddSingleton<VerificationService>();
        services.AddSingleton<VaultTrails>();
        services.AddSingleton<AuditService>();
        services.AddReadiness("chain", provider => provider.GetRequiredService<ChainFollower>().WhyNotReady());
    }

    private static void AddRunning<T>(IServiceCollection services)
        where T : class, Microsoft.Extensions.Hosting.IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}
