using System.Diagnostics.CodeAnalysis;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.BlockProduction;

/// <summary>Outcomes of the blocks executed on the present head, by digest: a block is executed once per node, whether it was built, checked or decided.</summary>
internal sealed class OutcomeCache
{
    /// <summary>Blocks of one height: a proposal of each of the few rounds that are in play (C-FLOOD keeps two). Beyond, the oldest goes.</summary>
    public const int MaxEntries = 8;

    private readonly List<(Hash256 Digest, ExecutedBlock Executed)> _entries = [];

    /// <summary>Looks one up.</summary>
    public bool TryGet(Hash256 digest, [NotNullWhen(true)] out ExecutedBlock? executed)
    {
        foreach (var entry in _entries)
        {
            if (entry.Digest != digest) continue;
            executed = entry.Executed;
            return true;
        }

        executed = null;
        return false;
    }

    /// <summary>Remembers one.</summary>
    public void Add(Hash256 digest, ExecutedBlock executed)
    {
        if (TryGet(digest, out _)) return;
        if (_entries.Count == MaxEntries) _entries.RemoveAt(0);
        _entries.Add((digest, executed));
    }

    /// <summary>The head moved: nothing here applies any more.</summary>
    public void Clear() => _entries.Clear();
}
