using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts;

/// <summary>What executing a block came to.</summary>
public sealed class BlockOutcome
{
    internal BlockOutcome(IReadOnlyList<Receipt> receipts, IReadOnlyList<StateWrite> writes, ValidatorSet nextValidators)
    {
        Receipts = receipts;
        Writes = writes;
        NextValidators = nextValidators;
    }

    /// <summary>One for each transaction, in their order.</summary>
    public IReadOnlyList<Receipt> Receipts { get; }

    /// <summary>What the block changed: ascending by key, the last value of each key.</summary>
    public IReadOnlyList<StateWrite> Writes { get; }

    /// <summary>C-CHANGE: the set that decides the next height.</summary>
    public ValidatorSet NextValidators { get; }
}
