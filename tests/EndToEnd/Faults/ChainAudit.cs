using LicenceChain.Load.Network;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.EndToEnd.Faults;

/// <summary>
/// Reads every block of every validator: what was acknowledged stands where it was said to stand, no transaction stands twice, and all have the same
/// blocks, roots and receipts.
/// </summary>
internal sealed class ChainAudit
{
    private const int MaxFindings = 20;

    private readonly List<string> _findings = [];
    private readonly Dictionary<Height, (Hash256 Digest, Hash256 Receipts)> _blocks = [];

    private ChainAudit()
    {
    }

    /// <summary>What is wrong; empty when all is well. At most 20.</summary>
    public IReadOnlyList<string> Findings => _findings;

    /// <summary>Transactions found, each counted once.</summary>
    public long Transactions { get; private set; }

    /// <summary>Blocks of one validator.</summary>
    public int Blocks => _blocks.Count;

    /// <summary>Walks up to <paramref name="target"/>, which every validator has reached.</summary>
    public static async Task<ChainAudit> RunAsync(ProcessNetwork network, IReadOnlyList<int> validators, ulong target, AcknowledgementLog log, CancellationToken stop)
    {
        var audit = new ChainAudit();
        var promised = log.All();
        foreach (var surprise in log.Surprises) audit.Find(surprise);
        foreach (var validator in validators) await audit.WalkAsync(network, validator, target, promised, stop);
        return audit;
    }

    private async Task WalkAsync(ProcessNetwork network, int validator, ulong target, IReadOnlyList<Acknowledgement> promised, CancellationToken stop)
    {
        using var client = network.Client(validator);
        var places = new Dictionary<TransactionId, (Height Height, int Index)>();
        var applied = new HashSet<TransactionId>();
        var parent = Hash256.Zero;
        for (var height = new Height(0); height.Value <= target; height = height.Next)
        {
            var committed = await client.GetBlockAsync(height, stop);
            if (committed is null)
            {
                Find($"validator {validator} has no block {height} of {target}");
                return;
            }

            var header = committed.Block.Header;
            if (height.Value > 0 && header.Fields.Parent != parent) Find($"validator {validator}: block {height} does not stand on block {height.Value - 1}");
            parent = header.Digest;
            Compare(validator, height, header.Digest, header.Fields.ReceiptRoot);
            for (var i = 0; i < committed.Block.Transactions.Count; i++)
            {
                var id = committed.Block.Transactions[i].Id;
                if (!places.TryAdd(id, (height, i))) Find($"validator {validator}: transaction {id} stands in block {places[id].Height} and again in {height}");
                if (committed.Receipts[i].Applied) applied.Add(id);
            }
        }

        Transactions = places.Count;
        foreach (var one in promised)
        {
            if (!places.TryGetValue(one.Transaction, out var place)) Find($"validator {validator} lost {one.Transaction}, which validator {one.By} acknowledged in block {one.Height}");
            else if (!applied.Contains(one.Transaction)) Find($"validator {validator} refused {one.Transaction}, which validator {one.By} acknowledged as applied");
            else if (place != (one.Height, (int)one.Index)) Find($"validator {validator} has {one.Transaction} at {place}; validator {one.By} said block {one.Height}, place {one.Index}");
        }
    }

    // The header names the state root after the block, so equal digests are equal states.
    private void Compare(int validator, Height height, Hash256 digest, Hash256 receipts)
    {
        if (!_blocks.TryAdd(height, (digest, receipts)) && _blocks[height] != (digest, receipts)) Find($"FORK: validator {validator} has block {digest} at height {height}, others {_blocks[height].Digest}");
    }

    private void Find(string finding)
    {
        if (_findings.Count < MaxFindings) _findings.Add(finding);
    }
}
