using LicenceChain.Consensus.Outputs;

namespace LicenceChain.Simulation.Schedules.Mutations;

/// <summary>Contradictions are seen and not reported.</summary>
internal sealed class SwallowedEvidence : Mutation
{
    public override bool IsBlindToEvidence => false;

    public override IReadOnlyList<ConsensusOutput> Rewrite(Host host, IReadOnlyList<ConsensusOutput> outputs) => [.. outputs.Where(output => output is not ReportEvidence)];
}
