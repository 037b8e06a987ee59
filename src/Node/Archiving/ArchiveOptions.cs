namespace LicenceChain.Node.Archiving;

/// <summary>How many blocks a running node keeps, and where the older ones go.</summary>
public sealed record ArchiveOptions
{
    /// <summary>Least that may be asked for: what evidence and a joining node need beside the longest usual replay window.</summary>
    public const uint LeastKept = 2_000;

    /// <summary>Blocks to keep, counted from the head; 0, the default, keeps all. At least <see cref="LeastKept"/>, and never fewer than the chain's replay window and 1,000 more.</summary>
    public uint KeepBlocks { get; init; }

    /// <summary>Folder that takes the older ones; must be given where <see cref="KeepBlocks"/> is.</summary>
    public string? Directory { get; init; }

    /// <summary>Throws <see cref="ArgumentException"/> that names the setting when one is out of its range.</summary>
    public void Validate()
    {
        if (KeepBlocks is > 0 and < LeastKept) throw new ArgumentException($"keepBlocks is {KeepBlocks}; it is 0 (all) or at least {LeastKept}.");
        if (KeepBlocks > 0 && string.IsNullOrWhiteSpace(Directory)) throw new ArgumentException("keepBlocks is set and archiveDirectory is not: it says where the older blocks go.");
    }
}
