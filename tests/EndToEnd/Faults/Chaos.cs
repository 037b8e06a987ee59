using System.Diagnostics;

namespace LicenceChain.EndToEnd.Faults;

/// <summary>Faults at random, one after another and on top of each other, drawn from a seed. What stands fast between them: they end, and the network goes on.</summary>
internal sealed class Chaos(Cluster cluster, int seed)
{
    private static readonly TimeSpan ShortestFault = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestFault = TimeSpan.FromSeconds(6);

    // One in eight faults takes the quorum: there the promise is no more than that nothing is lost, and that it goes on afterwards.
    private const int BeyondBound = 8;

    // Those that any network knows, with their weights.
    private const int Kinds = 10;

    private readonly Random _random = new(seed);

    /// <summary>Goes on for <paramref name="time"/>; ends with a network that is well. Returns the number of faults.</summary>
    public async Task<int> RunAsync(TimeSpan time, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        var faults = 0;
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            await OneAsync(stop);
            faults++;
        }

        await cluster.RestoreAsync(stop);
        return faults;
    }

    private async Task OneAsync(CancellationToken stop)
    {
        var victims = Victims();
        var names = string.Join(" ", victims);
        var lasts = ShortestFault + (_random.NextDouble() * (LongestFault - ShortestFault));
        switch (_random.Next(Kinds + cluster.Links.OwnFaults.Count))
        {
            case 0 or 1 or 2:
                await DoAsync($"kill -9 of {names}", victim => cluster[victim].Kill(), victim => cluster[victim].Start());
                break;
            case 3:
                await DoAsync($"SIGSTOP of {names}", victim => cluster[victim].Pause(), victim => cluster[victim].Resume());
                break;
            case 4:
                await DoAsync($"cut off {names}", _ => cluster.Links.Part(victims), _ => cluster.Links.Heal());
                break;
            case 5:
                await DoAsync($"one way only {names}", OneWay(), _ => cluster.Links.Heal());
                break;
            case 6:
                await DoAsync($"refuse {names}", cluster.Links.Refuse, _ => cluster.Links.Heal());
                break;
            case 7:
                await DoAsync($"SIGTERM of {names}", victim => cluster[victim].Stop(), victim => cluster[victim].Start());
                break;
            case 8:
                var hours = _random.Next(2) == 0 ? 1 : -1;
                await DoAsync($"clock of {cluster.OnOwnClock} {hours:+0;-0} h", _ => cluster.SetClock(TimeSpan.FromHours(hours)), _ => cluster.SetClock(TimeSpan.Zero));
                break;
            case >= Kinds and var own:
                var fault = cluster.Links.OwnFaults[own - Kinds](_random, victims);
                await DoAsync(fault.What, victim => { if (victim == victims[0]) fault.Begin(); }, _ => cluster.Links.Heal());
                break;
            default:
                using (cluster.Links.Slow(victims[0], TimeSpan.FromMilliseconds(_random.Next(100, 1_000)))) await DoAsync($"slow {victims[0]}", _ => { }, _ => { });
                break;
        }

        // Half of the time the next fault comes before the network has recovered from this one.
        if (_random.Next(2) == 0) await cluster.WhenAcknowledgedAsync(10, stop);

        async Task DoAsync(string what, Action<int> begin, Action<int> end)
        {
            cluster.Report($"{what} for {lasts.TotalSeconds:N1} s; {cluster.Log.Count} acknowledged");
            foreach (var victim in victims) begin(victim);
            await Await.PassAsync(lasts, stop);
            foreach (var victim in victims) end(victim);
        }
    }

    private Action<int> OneWay() => _random.Next(2) == 0 ? cluster.Links.Mute : cluster.Links.Deafen;

    private int[] Victims()
    {
        var all = Enumerable.Range(0, cluster.Count).ToArray();
        _random.Shuffle(all);
        var count = _random.Next(BeyondBound) == 0 ? _random.Next(cluster.FaultBound + 1, cluster.Count + 1) : _random.Next(1, cluster.FaultBound + 1);
        return all[..count];
    }
}
