using LicenceChain.Consensus.Outputs;

namespace LicenceChain.Consensus.Rules;

/// <summary>Collects the outputs of one input. Log records come first, so that one flush covers all votes that follow (C-WAL).</summary>
internal sealed class OutputList
{
    private readonly List<ConsensusOutput> _logged = [];
    private readonly List<ConsensusOutput> _others = [];

    public void Add(ConsensusOutput output) => (output is AppendLog ? _logged : _others).Add(output);

    /// <summary>Everything since the last call, in order.</summary>
    public IReadOnlyList<ConsensusOutput> Drain()
    {
        ConsensusOutput[] all = [.. _logged, .. _others];
        _logged.Clear();
        _others.Clear();
        return all;
    }
}
