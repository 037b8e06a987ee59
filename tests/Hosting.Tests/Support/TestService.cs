using LicenceChain.Hosting.Health;
using LicenceChain.Hosting.Listening;
using LicenceChain.Hosting.Metrics;
using LicenceChain.Hosting.Problems;
using LicenceChain.Hosting.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Hosting.Tests.Support;

/// <summary>A service wired as Node and Verifier are: problems, metrics, tokens, health, one REST and one gRPC port on loopback.</summary>
internal sealed class TestService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestService(WebApplication app, TokenAuthority authority)
    {
        _app = app;
        Authority = authority;
        // A long wait for 100-continue: on a busy machine the body must still not be sent before the answer.
        Rest = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) }) { BaseAddress = new Uri(app.Urls.First()) };
        GrpcAddress = new Uri(app.Urls.Last());
    }

    public HttpClient Rest { get; }

    public Uri GrpcAddress { get; }

    public TokenAuthority Authority { get; }

    public static async Task<TestService> StartAsync(TemporaryFolder folder, ManualClock clock, Action<WebApplication> map, Action<IServiceCollection>? add = null)
    {
        var authority = TokenAuthority.OpenOrCreate(folder["tokens.key"], clock);
        await File.WriteAllTextAsync(folder["tokens.pub"], authority.PublicKeyPem);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddLicenceChainMetrics(new MetricsRegistry());
        builder.Services.AddLicenceChainTokens(new TokenOptions { PublicKeyFiles = [folder["tokens.pub"]] });
        add?.Invoke(builder.Services);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            KestrelLimits.Apply(kestrel);
            kestrel.ListenRest(ListenAddress.Loopback(0));
            kestrel.ListenGrpc(ListenAddress.Loopback(0));
        });
        var app = builder.Build();
        app.UseLicenceChainProblems();
        app.UseRequestMetrics();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapMetrics();
        app.MapLicenceChainHealth();
        app.MapGrpcHealth();
        map(app);
        await app.StartAsync();
        return new TestService(app, authority);
    }

    public async ValueTask DisposeAsync()
    {
        Rest.Dispose();
        Authority.Dispose();
        await _app.DisposeAsync();
    }
}
