using LicenceChain.Contracts;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Archiving;

/// <summary>What a node may not archive.</summary>
internal static class ArchiveLimits
{
    /// <summary>Ticks, a second each, until archiving is tried again after the archive's folder did not take a segment.</summary>
    public const int PauseTicks = 600;

    /// <summary>Blocks below the replay window that stay: evidence is filed for as many.</summary>
    public const ulong Margin = 1_000;

    /// <summary>The lowest height that must stay: a snapshot for a joining node holds the blocks of the replay window.</summary>
    public static Height LowestKept(Height head, ChainParameters parameters, ulong keep, ulong margin = Margin)
    {
        var kept = ulong.Max(keep, parameters.ValidityWindow + margin);
        return head.Value > kept ? new Height(head.Value - kept) : new Height(0);
    }
}
