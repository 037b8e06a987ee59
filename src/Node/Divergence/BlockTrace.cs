using LicenceChain.Node.BlockProduction;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Divergence;

/// <summary>What executing a block came to, transaction by transaction. Keeps hashes, not values; put in order only when somebody asks.</summary>
internal sealed class BlockTrace
{
    private readonly IReadOnlyList<Receipt> _receipts;
    private readonly TracedWrite[] _writes;
    private readonly int[] _writers;
    private bool _isOrdered;

    public BlockTrace(Height height, Hash256 digest, ExecutedBlock executed)
    {
        (Height, Digest, _receipts) = (height, digest, executed.Outcome.Receipts);
        _writes = new TracedWrite[executed.Changes.Count];
        _writers = [.. executed.Outcome.Writers];
        for (var i = 0; i < _writes.Length; i++) _writes[i] = new TracedWrite(executed.Outcome.Writes[i].Key, executed.Changes[i].ValueHash);
    }

    /// <summary>Of the block.</summary>
    public Height Height { get; }

    /// <summary>Of its header.</summary>
    public Hash256 Digest { get; }

    /// <summary>Transactions of the block.</summary>
    public int Count => _receipts.Count;

    /// <summary>The id of one of them.</summary>
    public TransactionId IdOf(int index) => _receipts[index].Transaction;

    /// <summary>What one of them came to.</summary>
    public TransactionTrace this[int index]
    {
        get
        {
            Order();
            var from = FirstOf(index);
            return new TransactionTrace(Sm3.Hash(_receipts[index].Bytes.Span), _receipts[index].Code, new ArraySegment<TracedWrite>(_writes, from, FirstOf(index + 1) - from));
        }
    }

    // By writer; within one by key, as they came. Array.Sort with keys is not stable, so the key decides too.
    private void Order()
    {
        if (_isOrdered) return;
        var order = Enumerable.Range(0, _writes.Length).OrderBy(i => _writers[i]).ThenBy(i => _writes[i].Key).ToArray();
        var (writes, writers) = ((TracedWrite[])_writes.Clone(), (int[])_writers.Clone());
        for (var i = 0; i < order.Length; i++) (_writes[i], _writers[i]) = (writes[order[i]], writers[order[i]]);
        _isOrdered = true;
    }

    private int FirstOf(int writer)
    {
        var (low, high) = (0, _writers.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_writers[middle] < writer) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
