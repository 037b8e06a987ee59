using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Simulation.Schedules.Checks;

/// <summary>
/// Progress with f liars at work: once the network is calm, each height takes at most f + 2 further rounds (f liars' own, one to meet, one that decides), and the time that so many of the
/// longest rounds take.
/// </summary>
internal sealed class ProgressCheck(Schedule schedule, int faultBound, IReadOnlyList<Host> correct)
{
    private readonly ulong _deadline = schedule.Network.CalmAtMs + (schedule.Heights * (ulong)(faultBound + SpareRounds) * ScheduleTimes.MaxRoundTimeoutMs);
    private int _waiting = correct.Count;

    private const int SpareRounds = 4;

    public bool IsDone => _waiting == 0;

    public void OnTime(ulong nowMs)
    {
        if (nowMs <= _deadline) return;
        var heads = string.Join(", ", correct.Select(host => $"{host.Index}: height {host.Disk.Head.Height}, round {host.Round}{(host.Machine?.Abstains is { } why ? $" ({why})" : "")}"));
        throw new ScheduleFailureException("progress", $"height {schedule.Heights} was not reached by {nowMs} ms, with a calm network since {schedule.Network.CalmAtMs} ms. {heads}.");
    }

    public void OnDecided(Host host, Height height, Round round, bool isCalm, ScheduleFacts facts)
    {
        if (isCalm) facts.MaxCalmRounds = uint.Max(facts.MaxCalmRounds, round.Value);
        if (!host.IsTwin && height.Value == schedule.Heights) _waiting--;
    }
}
