using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Protocol.Proofs;

/// <summary>What a verified <see cref="LicenceProof"/> establishes as of its header. Made only by verifying.</summary>
public sealed class ProvenFacts
{
    private readonly IReadOnlyDictionary<StateKey, ReadOnlyMemory<byte>?> _states;

    internal ProvenFacts(
        BlockHeader header, IReadOnlyDictionary<StateKey, ReadOnlyMemory<byte>?> states, IReadOnlyList<(SignedTransaction Transaction, Receipt Receipt)> transactions)
    {
        Header = header;
        _states = states;
        Transactions = transactions;
    }

    /// <summary>The header everything was proven under.</summary>
    public BlockHeader Header { get; }

    /// <summary>Transactions proven to be in the block, with their receipts.</summary>
    public IReadOnlyList<(SignedTransaction Transaction, Receipt Receipt)> Transactions { get; }

    /// <summary>True when the proof speaks about <paramref name="key"/>; then <paramref name="value"/> is the proven value, or null when the key is proven absent.</summary>
    public bool TryGet(StateKey key, out ReadOnlyMemory<byte>? value) => _states.TryGetValue(key, out value);
}
