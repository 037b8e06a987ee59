using LicenceChain.Load.Network;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Sdk;
using LicenceChain.Sdk.Client;

namespace LicenceChain.EndToEnd.Faults;

/// <summary>
/// Reads every block of every validator: what was acknowledged stands where it was said to stand, no transaction stands twice, and all have the same
/// blocks, roots and receipts.
/// </summary>
internal sealed class ChainAudit
{
    private const int MaxFindings = 20;

    private readonly List<string> _findings = [];
    private readonly Dictionary<Height, Hash256> _blocks = [];

    private ChainAudit()
    {
    }

    /// <summary>What is wrong; empty when all is well. At most 20.</summary>
    public IReadOnlyList<string> Findings => _findings;

    /// <summary>Transactions found, each counted once.</summary>
    public long Transactions { get; private set; }

    /// <summary>Blocks of one validator.</summary>
    public int Blocks => _blocks.Count;

    /// <summary>Waits until every validator has the block at <paramref name="head"/> and each that was acknowledged, and walks from there down to genesis.</summary>
    /// <param name="network">Whose validators.</param>
    /// <param name="validators">Which of them.</param>
    /// <param name="head">The height. Who acknowledged a block may be ahead of whoever said this height.</param>
    /// <param name="log">What was promised.</param>
    /// <param name="joined">Validators that began from a snapshot: what lies below their lowest block is looked up in the state.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task<ChainAudit> RunAsync(ProcessNetwork network, IEnumerable<int> validators, ulong head, AcknowledgementLog log, IReadOnlySet<int> joined, CancellationToken stop)
    {
        var audit = new ChainAudit();
        var promised = log.All();
        var target = ulong.Max(head, log.Highest);
        foreach (var surprise in log.Surprises) audit.Find(surprise);
        foreach (var validator in validators)
            await audit.WalkAsync(network, validator, target, promised, joined.Contains(validator), stop);
        return audit;
    }

    private async Task WalkAsync(ProcessNetwork network, int validator, ulong target, IReadOnlyList<Acknowledgement> promised, bool hasJoined, CancellationToken stop)
    {
        using var client = network.Client(validator);
        await Await.UntilAsync($"validator {validator} has block {target}", () => HasAsync(client, target, stop));
        var places = new Dictionary<TransactionId, (Height Height, int Index, bool Applied)>();
        var below = new Height(target).Next;
        Hash256? parent = null;
        while (below.Value > 0 && await client.GetBlockAsync(below.Previous, stop) is { } committed)
        {
            below = below.Previous;
            var header = committed.Block.Header;
            if (parent is { } expected && header.Digest != expected) Find($"validator {validator}: block {below.Next} does not stand on block {below}");
            parent = header.Fields.Parent;
            Compare(validator, below, header.Digest);
            for (var i = 0; i < committed.Block.Transactions.Count; i++)
            {
                var id = committed.Block.Transactions[i].Id;
                if (!places.TryAdd(id, (below, i, committed.Receipts[i].Applied))) Find($"validator {validator}: transaction {id} stands in block {below} and again in {places[id].Height}");
            }
        }

        if (below.Value > 0 && !hasJoined) Find($"validator {validator} has no block {below.Previous}");
        Transactions = long.Max(Transactions, places.Count);
        foreach (var one in promised)
        {
            if (one.Height < below) await LookUpAsync(client, validator, one, stop);
            else if (!places.TryGetValue(one.Transaction, out var place)) Find($"validator {validator} lost {one.Transaction}, which validator {one.By} acknowledged in block {one.Height}");
            else if (place != (one.Height, (int)one.Index, true)) Find($"validator {validator} has {one.Transaction} at {place}; validator {one.By} said block {one.Height}, place {one.Index}");
        }
    }

    private static async Task<bool> HasAsync(LicenceChainClient client, ulong height, CancellationToken stop)
    {
        try
        {
            return (await client.GetStatusAsync(stop)).Height >= height;
        }
        catch (LicenceChainException)
        {
            return false; // starting, or too busy to answer
        }
    }

    private async Task LookUpAsync(LicenceChainClient client, int validator, Acknowledgement one, CancellationToken stop)
    {
        if (await client.GetLicenceAsync(one.Licence, stop) is null) Find($"validator {validator} lost licence {one.Licence}, which validator {one.By} acknowledged in block {one.Height}");
    }

    // The header names the receipts' root and the state root after the block: equal digests are equal blocks, receipts and states.
    private void Compare(int validator, Height height, Hash256 digest)
    {
        if (!_blocks.TryAdd(height, digest) && _blocks[height] != digest) Find($"FORK: validator {validator} has block {digest} at height {height}, others {_blocks[height]}");
    }

    private void Find(string finding)
    {
        if (_findings.Count < MaxFindings) _findings.Add(finding);
    }
}
