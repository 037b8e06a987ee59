using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules.Checks;

/// <summary>A correct host never signs two votes that contradict each other (C-EVIDENCE 1 and 2), through all its lives.</summary>
internal sealed class OwnVotesCheck
{
    private readonly List<Known> _logged = [];

    public bool Holds(Known message) => _logged.Exists(one => one.Fingerprint == message.Fingerprint);

    public void Remember(Known message) => _logged.Add(message);

    /// <summary>To be called before the new vote is remembered.</summary>
    public void OnLogged(int host, Known message)
    {
        if (message.Verified is null) throw new ScheduleFailureException("honesty", $"host {host} signed what the verifier refuses: {message.Refusal}.");
        var vote = message.Vote!;
        foreach (var one in _logged)
            if (Contradictions.Between(one.Vote!, vote) is { } how)
                throw new ScheduleFailureException("honesty", $"host {host} contradicts itself ({how}): {Words.Of(one.Vote!)} and {Words.Of(vote)}.");
    }
}
