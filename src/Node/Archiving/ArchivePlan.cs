namespace LicenceChain.Node.Archiving;

/// <summary>What a running node archives.</summary>
/// <param name="KeepBlocks">Blocks that stay.</param>
/// <param name="Folder">Where the others go.</param>
/// <param name="Margin">Blocks below the replay window that stay in any case.</param>
internal sealed record ArchivePlan(uint KeepBlocks, ArchiveFolder Folder, ulong Margin = ArchiveLimits.Margin);
