using LicenceChain.Consensus.Inputs;
using LicenceChain.Consensus.Messages;
using LicenceChain.Consensus.Outputs;
using LicenceChain.Simulation.Schedules.Memory;

namespace LicenceChain.Simulation.Schedules.Mutations;

/// <summary>A bug planted around the production state machine, to show that the checks find it. Runs that count have none.</summary>
internal abstract class Mutation
{
    /// <summary>A restart finds an empty log and does not notice.</summary>
    public virtual bool ForgetsLog => false;

    /// <summary>Execution never compares the roots.</summary>
    public virtual bool TrustsRoots => false;

    /// <summary>Own votes are not compared with each other, because the planted bug makes them contradict.</summary>
    public virtual bool IsBlindToContradiction => true;

    /// <summary>What is reported is not checked, because the planted bug forges votes of correct validators.</summary>
    public virtual bool IsBlindToEvidence => true;

    /// <summary>Rounds that nobody's timer reached are not looked at, because the planted bug does worse with them.</summary>
    public virtual bool IsBlindToDrag => false;

    /// <summary>What a host takes in although the verifier refused it; null for nothing.</summary>
    public virtual VerifiedMessage? Trusts(Known refused) => null;

    /// <summary>Changes what the state machine asks for.</summary>
    public virtual IReadOnlyList<ConsensusOutput> Rewrite(Host host, IReadOnlyList<ConsensusOutput> outputs) => outputs;

    /// <summary>Further messages that the state machine is made to believe after an input.</summary>
    public virtual IEnumerable<VerifiedMessage> Believes(Host host, ConsensusInput input) => [];
}
