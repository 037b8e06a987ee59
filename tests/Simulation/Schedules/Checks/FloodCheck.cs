using LicenceChain.Consensus;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules.Checks;

/// <summary>C-FLOOD: of each sender and type a state machine holds at most two messages a height, at two heights, whatever was sent to it.</summary>
internal sealed class FloodCheck(int validators)
{
    private const int HeightsHeld = 2;
    private const int MaxDistinct = 4_000;

    // By fingerprint: the same bytes may have been read twice.
    private readonly Dictionary<ulong, Known> _sent = [];

    public void OnSent(Known message)
    {
        if (_sent.Count < MaxDistinct && message.Verified is not null) _sent.TryAdd(message.Fingerprint, message);
    }

    public void OnEnd(IReadOnlyList<Host?> hosts)
    {
        foreach (var host in hosts)
        {
            if (host?.Machine is not { } machine) continue;
            foreach (var group in _sent.Values.GroupBy(one => (one.Height, one.Vote!.Validator, one.Vote.Type)))
            {
                var held = group.Count(one => machine.Holds(one.Height, one.Bytes.Span));
                if (held > ConsensusLimits.RoundsKept) Fail(host, $"{held} messages {group.Key.Type} of validator {group.Key.Validator}");
            }

            var all = _sent.Values.Count(one => machine.Holds(one.Height, one.Bytes.Span));
            if (all > HeightsHeld * validators * 4 * ConsensusLimits.RoundsKept) Fail(host, $"{all} messages");
        }
    }

    private static void Fail(Host host, string what) => throw new ScheduleFailureException("flood", $"host {host.Index} holds {what}.");
}
