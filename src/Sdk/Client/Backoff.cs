namespace LicenceChain.Sdk.Client;

/// <summary>Pauses that double up to a bound, and start over after a success.</summary>
internal sealed class Backoff(LicenceChainClientOptions options)
{
    private TimeSpan _next = options.FirstPause;

    public async Task PauseAsync(CancellationToken cancellation)
    {
        await Task.Delay(_next, options.Time, cancellation);
        _next = _next * 2 < options.MaxPause ? _next * 2 : options.MaxPause;
    }

    public void Reset() => _next = options.FirstPause;
}
