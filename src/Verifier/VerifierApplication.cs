using Google.Protobuf;
using LicenceChain.Hosting.AccessLog;
using LicenceChain.Hosting.Files;
using LicenceChain.Hosting.Health;
using LicenceChain.Hosting.Listening;
using LicenceChain.Hosting.Metrics;
using LicenceChain.Hosting.Problems;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;
using LicenceChain.Sdk.Issuing;
using LicenceChain.Verifier.Access;
using LicenceChain.Verifier.Api;
using LicenceChain.Verifier.Audit;
using LicenceChain.Verifier.Chain;
using LicenceChain.Verifier.Configuration;
using LicenceChain.Verifier.Verifications;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Verifier;

/// <summary>A running Verifier: REST on one port, a light client, an access log. Dispose or stop it to anchor the log and close it.</summary>
public sealed class VerifierApplication : IAsyncDisposable
{
    // Nothing was answered yet, so nothing waits to be anchored but what the last run left.
    private static readonly TimeSpan AbandonLimit = TimeSpan.FromSeconds(2);

    private readonly WebApplication _app;
    private readonly KeystoreFile _keys;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _stopping;

    private VerifierApplication(WebApplication app, KeystoreFile keys)
    {
        _app = app;
        _keys = keys;
        app.Lifetime.ApplicationStopping.Register(() => _ = StopAsync()); // also when a broken invariant stops a part of it: then nothing is answered any more
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");
    }

    /// <summary>Where it serves, with the port that was taken.</summary>
    public Uri Address { get; }

    /// <summary>Starts it: files and keys are checked, the log is opened, and the port serves when this returns.</summary>
    /// <exception cref="VerifierConfigurationException">A setting or the anchor is wrong.</exception>
    /// <exception cref="SecretFileException">A key file is not fit to be used.</exception>
    /// <exception cref="PortInUseException">The port is taken.</exception>
    public static async Task<VerifierApplication> StartAsync(
        VerifierConfiguration configuration, TimeProvider clock, Action<ILoggingBuilder>? logging = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        configuration.Validate();
        var anchor = ReadAnchor(configuration.AnchorPath);
        var keys = KeystoreFile.OpenWithPassphraseFile(configuration.KeystorePath, configuration.PassphrasePath);
        WebApplication? app = null;
        try
        {
            app = Build(configuration, anchor, keys, clock, logging);
            await app.StartOrExplainAsync([configuration.Listen], cancellation);
            var running = new VerifierApplication(app, keys);
            Log.Started(app.Services.GetRequiredService<ILogger<VerifierApplication>>(), configuration.Organisation.Value, configuration.Region.Value, running.Address.ToString());
            return running;
        }
        catch
        {
            if (app is not null) await AbandonAsync(app);
            keys.Dispose();
            throw;
        }
    }

    // What had started is stopped before it is disposed: else its background services fail over what is gone, and that would be said louder than the reason.
    private static async Task AbandonAsync(WebApplication app)
    {
        using var limit = new CancellationTokenSource(AbandonLimit);
        await app.StopAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await app.DisposeAsync();
    }

    /// <summary>Completes when it has stopped: because it was told to, or because an invariant broke (its log says which). Signals are the process's to handle.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellation = default) => _stopped.Task.WaitAsync(cancellation);

    /// <summary>Stops gracefully: requests under way are answered, the log is anchored. Idempotent.</summary>
    public async Task StopAsync(CancellationToken cancellation = default)
    {
        if (Interlocked.Exchange(ref _stopping, 1) == 0)
        {
            try
            {
                await _app.StopAsync(cancellation);
            }
            finally
            {
                _stopped.TrySetResult();
            }
        }

        await _stopped.Task.WaitAsync(cancellation);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _app.DisposeAsync();
        _keys.Dispose();
    }

    private static WebApplication Build(VerifierConfiguration configuration, TrustAnchor anchor, KeystoreFile keys, TimeProvider clock, Action<ILoggingBuilder>? logging)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        logging?.Invoke(builder.Logging);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            KestrelLimits.Apply(kestrel);
            kestrel.ListenRest(configuration.Listen);
        });
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.AddSingleton(clock);
        builder.Services.AddLicenceChainTokens(new TokenOptions { PublicKeyFiles = configuration.TokenPublicKeyPaths });
        builder.Services.AddVerifier(configuration, anchor, keys.Key(configuration.ServiceKeyName));
        builder.Services.AddVerifierDocument();

        var app = builder.Build();
        app.UseLicenceChainProblems();
        app.UseVerifierProblems();
        app.UseRequestMetrics();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapVerifications();
        app.MapAudit();
        app.MapMetrics();
        app.MapLicenceChainHealth();
        app.UseVerifierDocument();
        return app;
    }

    private static TrustAnchor ReadAnchor(string path)
    {
        try
        {
            return TrustAnchor.TryFrom(JsonParser.Default.Parse<TrustAnchorMessage>(File.ReadAllText(path)), out var anchor)
                ? anchor
                : throw new VerifierConfigurationException($"{path} is no trust anchor.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or InvalidProtocolBufferException)
        {
            throw new VerifierConfigurationException($"{path} cannot be read as a trust anchor.", unreadable);
        }
    }
}
