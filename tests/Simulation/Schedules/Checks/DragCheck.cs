using LicenceChain.Consensus;
using LicenceChain.Consensus.Inputs;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Simulation.Schedules.Checks;

/// <summary>C-JUMP: no correct validator is ever in a round that none of them reached by its own timer, whatever rounds liars talk of.</summary>
internal sealed class DragCheck
{
    private readonly Dictionary<Height, Round> _timedOut = [];

    public void OnHandled(Host host, ConsensusInput input)
    {
        var (height, round) = (host.Machine!.Height, host.Round);
        if (round.Value == 0 || round <= _timedOut.GetValueOrDefault(height)) return;
        if (input is not TimerFired { Timer.Kind: ConsensusTimerKind.Round })
            throw new ScheduleFailureException("drag", $"host {host.Index} is in round {round} of height {height}, which no correct validator reached by its timer.");
        _timedOut[height] = round;
    }
}
