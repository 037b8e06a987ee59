using Google.Protobuf;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Execution;

/// <summary>
/// One transaction's overlay on the block, with its meter. Reused from transaction to transaction: <see cref="Begin"/> drops
/// what the last one left. A read counts whether or not the block holds the record already, so that all meter alike.
/// </summary>
internal sealed class TransactionState(BlockState block, ExecutionLimits limits)
{
    private readonly Dictionary<StateKey, (ReadOnlyMemory<byte> Bytes, IMessage Record)> _writes = [];
    private int _readCount;
    private int _writeCount;
    private bool _valueTooLarge;

    /// <summary>
    /// True once the transaction used more than it may: it will be refused whatever it came to. Reads go on telling the truth, so
    /// that no method takes a record for missing; how far a method can run is bounded by the constants of its own lists.
    /// </summary>
    public bool OverBudget => _readCount > limits.MaxReads || _writeCount > limits.MaxWrites || _valueTooLarge;

    /// <summary>The refusal of a transaction over its budget.</summary>
    public Refusal BudgetRefusal => new(
        TransactionCodes.OverBudget, $"A transaction reads at most {limits.MaxReads} records and writes at most {limits.MaxWrites} of {limits.MaxValueBytes} bytes.");

    /// <summary>Starts the next transaction with nothing written.</summary>
    public void Begin()
    {
        _writes.Clear();
        _readCount = 0;
        _writeCount = 0;
        _valueTooLarge = false;
    }

    /// <summary>The record at <paramref name="key"/>, or null. Shared: change a clone.</summary>
    public T? Find<T>(StateKey key, MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        _readCount++;
        return _writes.TryGetValue(key, out var own) ? (T)own.Record : block.Find(key, parser);
    }

    /// <summary>True when there is a record.</summary>
    public bool Exists(StateKey key)
    {
        _readCount++;
        return _writes.ContainsKey(key) || block.Exists(key);
    }

    /// <summary>Writes a record and returns its bytes. The caller no longer changes it.</summary>
    public ReadOnlyMemory<byte> Put(StateKey key, IMessage record)
    {
        var bytes = record.ToByteArray();
        _writeCount++;
        _valueTooLarge |= bytes.Length > limits.MaxValueBytes;
        _writes[key] = (bytes, record);
        return bytes;
    }

    /// <summary>Hands everything written to the block, as transaction <paramref name="index"/> of it.</summary>
    public void Apply(int index, out bool membershipChanged)
    {
        membershipChanged = false;
        foreach (var (key, (bytes, record)) in _writes)
        {
            block.Write(key, bytes, record, index);
            membershipChanged |= record is Protocol.Proto.MemberRecord or Protocol.Proto.KeyRecord;
        }
    }
}
