using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Simulation.Schedules.Checks;

/// <summary>
/// Progress with f liars at work: once the network is calm, every correct validator holds each height within the time of f + 4 of the longest rounds: f that liars propose in, one that decides,
/// and three to finish the present one, to meet in one round, and to fetch what is missing.
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
