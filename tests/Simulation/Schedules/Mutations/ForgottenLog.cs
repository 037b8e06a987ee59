namespace LicenceChain.Simulation.Schedules.Mutations;

/// <summary>A restart finds an empty log and does not notice. With <paramref name="isSeen"/>, votes that contradict each other are the failure; else a fork is.</summary>
internal sealed class ForgottenLog(bool isSeen) : Mutation
{
    public override bool ForgetsLog => true;

    public override bool IsBlindToContradiction => !isSeen;
}
