namespace LicenceChain.Consensus.Outputs;

/// <summary>Something for the node to do. Outputs are carried out in their order.</summary>
public abstract record ConsensusOutput;
