using Microsoft.Extensions.Hosting;

namespace LicenceChain.Verifier;

/// <summary>Leaves signals to the process: several services may share it, and it stops them in order.</summary>
internal sealed class NoSignals : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
