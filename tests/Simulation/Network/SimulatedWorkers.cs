using LicenceChain.Node.Loop;
using LicenceChain.Simulation.Network.Disks;

namespace LicenceChain.Simulation.Network;

/// <summary>The verification pool of one life of a node: each piece of work takes a while of its own, so that results come in any order.</summary>
internal sealed class SimulatedWorkers(SimulatedMachine machine, VerificationMemo memo, SeededRandom random) : IVerificationPool
{
    private const ulong LeastUs = 50;
    private const ulong UsualUs = 500;
    private const ulong MostUs = 20_000;

    public void Submit(NodeWork work) =>
        machine.After(random.Between(LeastUs, random.Chance(20) ? MostUs : UsualUs), () => machine.Post(Run(work)));

    private NodeEvent Run(NodeWork work)
    {
        try
        {
            return memo.Run(work);
        }
        catch (CrashException)
        {
            throw;
        }
#pragma warning disable CA1031 // as the production pool does: whatever it is goes to the loop, which stops the node
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new NodeEvent.WorkFailed(e);
        }
    }
}
