using LicenceChain.Consensus.Inputs;
using LicenceChain.Consensus.Messages;
using LicenceChain.Consensus.Outputs;

namespace LicenceChain.Simulation.Schedules;

/// <summary>A bug planted around the production state machine, to show that the checks find it. Runs that count have none.</summary>
internal abstract class Mutation
{
    /// <summary>A restart finds an empty log and does not notice.</summary>
    public virtual bool ForgetsLog => false;

    /// <summary>Execution never compares the roots.</summary>
    public virtual bool TrustsRoots => false;

    /// <summary>What is reported is not checked, because the planted bug forges votes of correct validators.</summary>
    public virtual bool IsBlindToEvidence => true;

    /// <summary>Changes what the state machine asks for.</summary>
    public virtual IReadOnlyList<ConsensusOutput> Rewrite(Host host, IReadOnlyList<ConsensusOutput> outputs) => outputs;

    /// <summary>Further messages that the state machine is made to believe after an input.</summary>
    public virtual IEnumerable<VerifiedMessage> Believes(Host host, ConsensusInput input) => [];
}
