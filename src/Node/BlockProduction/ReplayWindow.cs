using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.BlockProduction;

/// <summary>
/// Ids of the transactions in the last blocks. A transaction may lie at most the validity window ahead, so one that is older than the window has
/// expired by itself and need not be remembered.
/// </summary>
internal sealed class ReplayWindow
{
    private readonly HashSet<TransactionId> _ids = [];
    private readonly Dictionary<ulong, List<TransactionId>> _byHeight = [];

    /// <summary>Transactions remembered.</summary>
    public int Count => _ids.Count;

    /// <summary>True when a block of the window holds it.</summary>
    public bool Contains(TransactionId id) => _ids.Contains(id);

    /// <summary>Remembers one.</summary>
    public void Add(TransactionId id, Height height)
    {
        if (!_ids.Add(id)) return;
        if (!_byHeight.TryGetValue(height.Value, out var same)) _byHeight.Add(height.Value, same = []);
        same.Add(id);
    }

    /// <summary>Forgets the block that left the window when <paramref name="head"/> entered. Called for each height.</summary>
    public void Slide(Height head, uint window)
    {
        if (head.Value <= window || !_byHeight.Remove(head.Value - window - 1, out var old)) return;
        foreach (var id in old) _ids.Remove(id);
    }
}
