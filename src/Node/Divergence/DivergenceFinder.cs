using Google.Protobuf;
using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Loop;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Node.Divergence;

/// <summary>
/// C-ALARM: a block came to other roots here. Asks every linked peer what it came to there, compares transaction by transaction, and says which transaction and which key
/// is the first to differ. The loop's own.
/// </summary>
internal sealed class DivergenceFinder(IReadOnlyCollection<KeyId> linked, NodeSeams seams, Action<string> found)
{
    private readonly SortedDictionary<KeyId, Asked> _asked = [];
    private BlockTrace? _own;
    private string _finding = "";

    /// <summary>True once a decided block was found to diverge: nothing is done any more but to find out where, for a short while.</summary>
    public bool IsHalting { get; private set; }

    /// <summary>What is known by now, in plain words; empty before anything is.</summary>
    public string Finding => _finding;

    /// <summary>What the block that diverges came to here; null when none does.</summary>
    public BlockTrace? Own => _own;

    /// <summary>True when every linked peer has told all that was needed.</summary>
    public bool IsDone => _own is null || linked.All(peer => _asked.TryGetValue(peer, out var asked) && asked.IsOver);

    /// <summary>A block's roots are others here.</summary>
    public void Begin(Block block, ExecutedBlock executed)
    {
        if (_own?.Digest == block.Header.Digest) return;
        _own = new BlockTrace(block.Header.Height, block.Header.Digest, executed);
        _asked.Clear();
        _finding = "";
        AskAll();
    }

    /// <summary>A decided block diverges: the node will stop.</summary>
    public void Halt(DivergedException diverged)
    {
        if (diverged is { Block: { } block, Executed: { } executed }) Begin(block, executed);
        IsHalting = true;
        seams.Timers.Arm(new TimerId(TimerKind.Halt), TraceLimits.HaltMs);
    }

    /// <summary>Asks again whoever owes an answer.</summary>
    public void OnTick() => AskAll();

    /// <summary>A peer told what the block came to there.</summary>
    public void OnPage(KeyId peer, TracePage page)
    {
        if (_own is not { } own || page.Digest != own.Digest || page.Height != own.Height || !_asked.TryGetValue(peer, out var asked) || asked.IsOver) return;
        if (!page.IsHeld) return; // not executed there yet, perhaps: it is asked again
        if (page.From != asked.Next || page.Count != own.Count || (page.Transactions.Count == 0 && page.From < page.Count)) return;
        foreach (var there in page.Transactions)
        {
            asked.Difference = Difference.Between(asked.Next, own.IdOf(asked.Next), own[asked.Next], there);
            if (asked.Difference is not null) break;
            asked.Next++;
        }

        asked.IsOver = asked.Difference is not null || asked.Next == own.Count;
        if (asked.IsOver) Conclude(own);
        else Ask(peer, asked, own);
    }

    private void AskAll()
    {
        if (_own is not { } own) return;
        foreach (var peer in linked)
        {
            if (!_asked.TryGetValue(peer, out var asked)) _asked.Add(peer, asked = new Asked());
            if (asked.IsOver) continue;
            if (++asked.Times > TraceLimits.MaxAsks) asked.IsOver = true;
            else Ask(peer, asked, own);
        }
    }

    private void Ask(KeyId peer, Asked asked, BlockTrace own) => seams.Network.Send(peer, new LinkMessage
    {
        TraceRequest = new TraceRequest { Height = own.Height.Value, Digest = ByteString.CopyFrom(own.Digest.Span), From = (uint)asked.Next },
    });

    // What most peers say; of as many, what the first transaction says. One liar cannot outvote the others.
    private void Conclude(BlockTrace own)
    {
        var answers = _asked.Values.Where(asked => asked.Difference is not null || asked.Next == own.Count).ToList();
        var alike = answers.Count(asked => asked.Difference is null);
        var differing = answers.Where(asked => asked.Difference is not null).GroupBy(asked => asked.Difference!).OrderByDescending(group => group.Count()).ThenBy(group => group.Key.Index).FirstOrDefault();
        var finding = differing is null || differing.Count() <= alike
            ? $"Block {own.Height}: {alike} of {answers.Count} peers that answered compute what this node computes{(differing is null ? "" : $"; first difference with another: {differing.Key}")}."
            : $"Block {own.Height}, {differing.Key}. {differing.Count()} of {answers.Count} peers that answered say so.";
        if (finding == _finding) return;
        _finding = finding;
        found(finding);
    }

    private sealed class Asked
    {
        // The first transaction not compared yet.
        public int Next { get; set; }

        public int Times { get; set; }

        public bool IsOver { get; set; }

        public Difference? Difference { get; set; }
    }
}
