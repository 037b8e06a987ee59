namespace LicenceChain.Simulation.Schedules.Mutations;

/// <summary>Execution never compares the roots.</summary>
internal sealed class TrustedRoots : Mutation
{
    public override bool TrustsRoots => true;
}
