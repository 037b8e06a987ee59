using System.Diagnostics;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;
using LicenceChain.Sdk.Client;

namespace LicenceChain.Cli.Clients;

/// <summary>
/// Signs transactions for the window that is open now and hands them in, waiting for their block. One that found no room, or whose window
/// closed before a block took it, is signed anew. Safe for concurrent use.
/// </summary>
internal sealed class Submitter(LicenceChainClient node) : IDisposable
{
    private const int MaxAttempts = 20;

    // A node that cannot take it now does not tell when it can: the pause doubles.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(2);

    // The window is some hundred heights and a busy chain makes a few a second.
    private static readonly TimeSpan WindowLife = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private Window? _window;

    /// <summary>Hands in what <paramref name="sign"/> makes for a last height; throws <see cref="CommandFailure"/> when the chain refuses it.</summary>
    public async Task<Committed> SubmitAsync(Func<Height, SignedTransaction> sign, CancellationToken cancel)
    {
        var result = await TrySubmitAsync(sign, cancel);
        return result.Applied ? result : throw new CommandFailure(ExitCode.Refused, $"The chain refused a transaction. {result.Code}: {result.Detail}", code: result.Code);
    }

    /// <summary>As <see cref="SubmitAsync"/>, but a refusal by the chain is a result.</summary>
    public async Task<Committed> TrySubmitAsync(Func<Height, SignedTransaction> sign, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            var result = await node.SubmitAsync(sign(await ValidUntilAsync(cancel)), wait: true, cancel);
            if (!IsPassing(result.Code) || attempt == MaxAttempts)
                return new Committed(result.Transaction, result.Code, result.Detail, result.Height ?? default, Stopwatch.GetElapsedTime(started));
            await Task.Delay(pause, cancel);
            pause = pause * 2 < MaxPause ? pause * 2 : MaxPause;
        }
    }

    public void Dispose() => _refreshing.Dispose();

    private static bool IsPassing(string code) => code is TransactionCodes.MempoolFull or TransactionCodes.Dropped or TransactionCodes.Expired;

    private async ValueTask<Height> ValidUntilAsync(CancellationToken cancel)
    {
        if (_window is { } window && Stopwatch.GetElapsedTime(window.Read) < WindowLife) return window.ValidUntil;
        await _refreshing.WaitAsync(cancel);
        try
        {
            if (_window is not { } latest || Stopwatch.GetElapsedTime(latest.Read) >= WindowLife)
                _window = new Window(await node.GetValidUntilAsync(cancel), Stopwatch.GetTimestamp());
            return _window.ValidUntil;
        }
        finally
        {
            _refreshing.Release();
        }
    }

    private sealed record Window(Height ValidUntil, long Read);
}
