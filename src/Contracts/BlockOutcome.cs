using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts;

/// <summary>What executing a block came to.</summary>
public sealed class BlockOutcome
{
    internal BlockOutcome(IReadOnlyList<Receipt> receipts, IReadOnlyList<StateWrite> writes, IReadOnlyList<int> writers, ValidatorSet nextValidators)
    {
        Receipts = receipts;
        Writes = writes;
        Writers = writers;
        NextValidators = nextValidators;
    }

    /// <summary>One for each transaction, in their order.</summary>
    public IReadOnlyList<Receipt> Receipts { get; }

    /// <summary>What the block changed: ascending by key, the last value of each key.</summary>
    public IReadOnlyList<StateWrite> Writes { get; }

    /// <summary>For each of <see cref="Writes"/>, the index of the transaction that wrote it last: where roots differ, this tells which transaction did it.</summary>
    public IReadOnlyList<int> Writers { get; }

    /// <summary>C-CHANGE: the set that decides the next height.</summary>
    public ValidatorSet NextValidators { get; }
}
