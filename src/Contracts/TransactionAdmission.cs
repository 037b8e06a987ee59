using LicenceChain.Contracts.Execution;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts;

/// <summary>
/// What mempool and block check ask of a transaction before anything runs: everything but its signature and whether the chain
/// holds it already.
/// </summary>
public static class TransactionAdmission
{
    /// <summary>As the other overload, reading key and member anew from <paramref name="state"/>.</summary>
    public static Refusal? Check(IStateReader state, BlockContext block, ChainParameters parameters, SignedTransaction transaction, out Sm2PublicKey? key) =>
        Check(new SignerDirectory(state), block, parameters, transaction, out key);

    /// <summary>
    /// Null when <paramref name="block"/> may hold the transaction; then
    /// <paramref name="key"/> is the one that its signature has to verify under. Size, chain, window of heights, key and member
    /// active and unexpired, method known, roles held.
    /// </summary>
    public static Refusal? Check(SignerDirectory signers, BlockContext block, ChainParameters parameters, SignedTransaction transaction, out Sm2PublicKey? key)
    {
        ArgumentNullException.ThrowIfNull(signers);
        ArgumentNullException.ThrowIfNull(block);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(transaction);
        // T2: from the cheapest question to the dearest; the signature and the replay window are asked by the caller.
        key = null;
        var refusal = CheckEnvelope(block.Chain, block.Height, parameters, transaction);
        if (refusal is not null) return refusal;
        refusal = signers.Find(transaction.Signer, block.Time, MethodTable.Renews(transaction.Contract, transaction.Method, block.Version), out var signer);
        if (refusal is not null) return refusal;
        if (!MethodTable.TryGet(transaction.Contract, transaction.Method, out var method)) return MethodTable.Unknown;
        if (!method.Allows(signer!)) return method.MissingRole;
        key = signer!.PublicKey;
        return null;
    }

    private static Refusal? CheckEnvelope(ChainId chain, Height next, ChainParameters parameters, SignedTransaction transaction)
    {
        if (transaction.Bytes.Length > parameters.MaxTransactionBytes)
            return new Refusal(TransactionCodes.Oversize, $"{transaction.Bytes.Length} bytes; this chain takes {parameters.MaxTransactionBytes}.");
        if (transaction.Chain != chain)
            return new Refusal(TransactionCodes.WrongChain, $"Signed for {transaction.Chain}; this is {chain}.");
        if (transaction.ValidUntil < next)
            return new Refusal(TransactionCodes.Expired, $"Valid until height {transaction.ValidUntil}; the next block has height {next}.");
        if (transaction.ValidUntil.Value - next.Value > parameters.ValidityWindow)
            return new Refusal(TransactionCodes.TooFarAhead, $"Valid until height {transaction.ValidUntil}; at most {parameters.ValidityWindow} above {next}.");
        return null;
    }
}
