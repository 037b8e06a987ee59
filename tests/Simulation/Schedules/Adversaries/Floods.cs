using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules.Adversaries;

/// <summary>For each message that it hears, a burst of well-formed votes of other rounds and of the next height, so that whoever kept them all would run out of memory (C-FLOOD).</summary>
internal sealed class Floods : IStrategy
{
    public const string StrategyName = "floods";

    private const int Burst = 10;
    private const int Rounds = 24;
    private static readonly BlockVariant[] Variants = [BlockVariant.First, BlockVariant.Second, BlockVariant.Unseen];

    public void OnMessage(Plot plot, ConsensusMessage message)
    {
        var to = plot.Dice.Below(plot.Set.Count);
        for (var i = 0; i < Burst; i++)
        {
            var round = (uint)plot.Dice.Between(1, Rounds);
            var height = plot.Dice.Percent(75) ? plot.Height : new Height(plot.Height.Value + 1);
            var block = plot.Block(0, plot.Dice.Pick<BlockVariant>(Variants));
            plot.Send(to, plot.Dice.Below(3) switch
            {
                0 => plot.Pen.Prepare(height, round, block),
                1 => plot.Pen.Commit(height, round, block),
                _ => plot.Pen.RoundChange(height, round),
            });
        }
    }
}
