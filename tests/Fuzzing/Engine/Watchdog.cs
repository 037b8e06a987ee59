namespace LicenceChain.Fuzzing.Engine;

/// <summary>Watches from another thread: a call that does not come back is told with its input while it hangs.</summary>
internal sealed class Watchdog : IDisposable
{
    /// <summary>What a call of microseconds never takes.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly Timer _timer;
    private readonly Action<string> _tell;
    private volatile Call? _current;

    public Watchdog(Action<string> tell)
    {
        _tell = tell;
        _timer = new Timer(_ => Look(), null, Limit, Limit);
    }

    /// <summary>How many calls took longer than the limit.</summary>
    public int Late { get; private set; }

    public void Enter(string target, int seed, byte[] input) => _current = new Call(target, seed, input, Environment.TickCount64);

    public void Leave() => _current = null;

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (_current is not { WasTold: false } call || Environment.TickCount64 - call.Since < Limit.TotalMilliseconds) return;
        call.WasTold = true;
        Late++;
        _tell($"{call.Target}, seed {call.Seed}: no answer after {Limit.TotalSeconds:N0} s to {Convert.ToHexStringLower(call.Input.AsSpan(0, int.Min(call.Input.Length, 4096)))}");
    }

    private sealed record Call(string Target, int Seed, byte[] Input, long Since)
    {
        public bool WasTold { get; set; }
    }
}
