using LicenceChain.Contracts.Execution;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts;

/// <summary>
/// Executes blocks: a pure function of state, block context and transactions. Whoever calls it has verified the signatures and
/// refused replays; everything else is checked here. Holds no state of its own: one instance serves any number of blocks.
/// </summary>
public sealed class BlockExecutor
{
    private readonly ExecutionLimits _limits;

    /// <summary>An executor under the protocol's limits.</summary>
    public BlockExecutor()
        : this(ExecutionLimits.Protocol)
    {
    }

    internal BlockExecutor(ExecutionLimits limits) => _limits = limits;

    /// <summary>
    /// Executes <paramref name="transactions"/> in order on <paramref name="committed"/>. Each applies whole or leaves only a
    /// receipt with the reason. Throws <see cref="InvalidOperationException"/> when the state itself is broken: the node then stops.
    /// </summary>
    /// <param name="committed">The state below the block.</param>
    /// <param name="context">Where the block stands.</param>
    /// <param name="transactions">Its transactions, in order.</param>
    /// <param name="validators">The validator set of <paramref name="committed"/>, from whoever has read it: unless the block writes another it is the next one too. Null: it is read.</param>
    public BlockOutcome Execute(IStateReader committed, BlockContext context, IReadOnlyList<SignedTransaction> transactions, ValidatorSet? validators = null)
    {
        ArgumentNullException.ThrowIfNull(committed);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(transactions);
        var block = new BlockState(committed);
        var transactionState = new TransactionState(block, _limits);
        var signers = new SignerDirectory(block);
        var receipts = new Receipt[transactions.Count];
        for (var i = 0; i < receipts.Length; i++)
            receipts[i] = ExecuteOne(i, transactions[i], context, transactionState, signers);
        var (writes, writers) = block.SortedWrites();
        return new BlockOutcome(receipts, writes, writers, validators is not null && !block.IsWritten(StateKeys.Validators) ? validators : NextValidators(block));
    }

    private static Receipt ExecuteOne(int index, SignedTransaction transaction, BlockContext context, TransactionState state, SignerDirectory signers)
    {
        state.Begin();
        var refusal = Run(transaction, context, state, signers, out var call);
        if (refusal is not null) return Receipt.ForRefused(transaction.Id, refusal);
        state.Apply(index, out var membershipChanged);
        if (membershipChanged) signers.Forget();
        return Receipt.ForApplied(transaction.Id, call!.Events);
    }

    private static Refusal? Run(SignedTransaction transaction, BlockContext context, TransactionState state, SignerDirectory signers, out Call? call)
    {
        call = null;
        var refusal = signers.Find(transaction.Signer, context.Time, MethodTable.Renews(transaction.Contract, transaction.Method, context.Version), out var signer);
        if (refusal is not null) return refusal;
        if (!MethodTable.TryGet(transaction.Contract, transaction.Method, out var method)) return MethodTable.Unknown;
        if (!method.Allows(signer!)) return method.MissingRole;
        call = new Call(context, signer!, state);
        refusal = method.Run(call, transaction.Arguments.Span);
        return state.OverBudget ? state.BudgetRefusal : refusal;
    }

    private static ValidatorSet NextValidators(BlockState block) =>
        block.Find(StateKeys.Validators, ValidatorSetMessage.Parser) is { } message && ValidatorSet.TryFrom(message, out var set)
            ? set
            : throw new InvalidOperationException("The state holds no sound validator set: it is not the state of a chain.");
}
