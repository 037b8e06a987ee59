using LicenceChain.Simulation.Network.Checks;
using LicenceChain.Simulation.Network.Clients;
using LicenceChain.Simulation.Network.Faults;

namespace LicenceChain.Simulation.Network;

/// <summary>One seed from start to end: faults for a while, then calm, then everything must be well.</summary>
internal sealed class SimulationRun
{
    // From a client of a chain that idles, three transactions a minute, to one that is never quiet; and bursts.
    private static readonly ulong[] MeanPauseUs = [20 * SimulatedTime.Second, 20 * SimulatedTime.Second, 5 * SimulatedTime.Second, SimulatedTime.Second];
    private const int Clients = 3;

    // From a log that is written anew after every few votes to one that never is.
    private static readonly long[] PruneBytes = [2 * 1024, 32 * 1024, Node.Storage.VoteLog.DefaultPruneBytes];

    // From one sealed after every few blocks to one that is never sealed.
    private static readonly long[] SegmentBytes = [8 * 1024, 32 * 1024, 128 * 1024, Node.Storage.SegmentBlockStore.DefaultSegmentBytes];

    // Archiving has something to do only where the window is short.
    private static readonly uint[] Windows = [1_000, 60, 60];

    private readonly SimulationSettings _settings;
    private readonly SimulatedNetwork _network;
    private readonly SimulatedClients _clients;
    private readonly FaultInjector _faults;
    private ulong _recoveryUs;

    private SimulationRun(SimulationSettings settings, TextWriter? trace)
    {
        _settings = settings;
        var variant = settings.Seed / SimulationSettings.Sizes.Count;
        _network = new SimulatedNetwork(settings.Seed, settings.Nodes, trace, settings.Faults.HasFlag(FaultKinds.Archive) ? Windows[variant % Windows.Length] : null)
        {
            SegmentBytes = SegmentBytes[variant % SegmentBytes.Length],
            PruneBytes = PruneBytes[variant / SegmentBytes.Length % PruneBytes.Length],
        };
        _clients = new SimulatedClients(_network, _network.Random.Fork(2), Clients, _network.Random.Pick(MeanPauseUs));
        _faults = new FaultInjector(_network, _clients, settings.Faults, _network.Random.Fork(3));
    }

    /// <summary>Runs a seed. A broken promise is told in the result, with what else is known of the run.</summary>
    public static SimulationResult Execute(SimulationSettings settings, TextWriter? trace = null)
    {
        var run = new SimulationRun(settings, trace);
        string? failure = null;
        try
        {
            run.Go();
        }
#pragma warning disable CA1031 // whatever breaks a run is its finding, and is told with the seed
        catch (Exception e)
#pragma warning restore CA1031
        {
            failure = e is SimulationFailure ? e.Message : e.ToString();
        }

        var result = run.Result(failure);
        run._network.Release();
        return result;
    }

    private void Go()
    {
        // 1. Everybody starts; clients come.
        foreach (var machine in _network.Members) _network.Time.At(_network.Random.Between(0, SimulatedTime.Second), machine.PowerOn);
        _clients.Start();

        // 2. Faults.
        _faults.Start();
        _network.RunFor((ulong)(_settings.Minutes * 60_000));

        // 3. Calm: a block within three rounds, then all at one head and every client answered.
        var calmAt = _network.Time.NowUs;
        var nextBlockMs = RecoveryBound.NextBlockMs(_network, _faults.LostSeats);
        var oneHeadMs = RecoveryBound.OneHeadMs(_network, _faults.LostSeats);
        _clients.IsClosing = true;
        _faults.Calm();
        var before = _network.Checks.Chain.Height;
        var last = _clients.Ask();
        _network.Run(() => _network.Checks.Chain.Height > before, nextBlockMs);
        _recoveryUs = _network.Time.NowUs - calmAt;
        _network.Run(() => last.Told is not null && _clients.IsQuiet && SimulatedNetwork.AreAtOneHead(_network.Members), oneHeadMs);

        // 4. Nothing that was promised is missing.
        foreach (var machine in _network.Members) _network.Checks.RequireWhole(machine);
        ArchiveCheck.RequireSomewhere(_network.Members, _network.Checks.Chain);
        _clients.RequireKept(_network.Members);
    }

    private SimulationResult Result(string? failure) => new(
        _settings, failure, _network.Trace.Finish(), _network.Time.NowUs, _network.Checks.Chain.Height, _clients.Acknowledged, _faults.Crashes,
        _network.Checks.Chain.HighestRound, _network.Checks.Votes.Count, _recoveryUs, _network.Checks.Governance.Adopted, _network.Joined, _network.Members.Count(m => m.Node?.Blocks.Lowest.Value > 0));
}
