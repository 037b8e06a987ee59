using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>Sends again what anybody sent before, of any round and height, to anybody.</summary>
internal sealed class Replays : IStrategy
{
    private const int AtATime = 3;

    public void OnMessage(Plot plot, ConsensusMessage message) => Replay(plot);

    public void OnTime(Plot plot) => Replay(plot);

    private static void Replay(Plot plot)
    {
        if (plot.Heard.Count == 0) return;
        for (var i = 0; i < AtATime; i++) plot.Send(plot.Dice.Below(plot.Set.Count), plot.Dice.Pick(plot.Heard).ToArray());
    }
}
