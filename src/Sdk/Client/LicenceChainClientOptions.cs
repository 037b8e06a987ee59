namespace LicenceChain.Sdk.Client;

/// <summary>How a <see cref="LicenceChainClient"/> behaves towards its node.</summary>
public sealed class LicenceChainClientOptions
{
    /// <summary>Bearer token; null sends none. Default null.</summary>
    public string? Token { get; init; }

    /// <summary>Gives the bearer token of each call, for tokens that expire; goes before <see cref="Token"/>. Called concurrently. Default null.</summary>
    public Func<string>? TokenSource { get; init; }

    /// <summary>Attempts of a call that may be repeated, 1 to 20. Default 5.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>Pause before the second attempt; doubles up to <see cref="MaxPause"/>. Default 100 ms.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest pause between attempts. Default 5 s.</summary>
    public TimeSpan MaxPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait for one answer, a submission that waits for its block included. Default 60 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Where time comes from. Default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxAttempts, 20);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(FirstPause, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPause, FirstPause);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Timeout, TimeSpan.Zero);
    }
}
