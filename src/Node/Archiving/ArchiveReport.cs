namespace LicenceChain.Node.Archiving;

/// <summary>What moving blocks to an archive came to.</summary>
/// <param name="First">Lowest block moved; 0 with <paramref name="Blocks"/> 0.</param>
/// <param name="Blocks">How many.</param>
/// <param name="Lowest">Lowest block that the node now holds.</param>
public sealed record ArchiveReport(ulong First, ulong Blocks, ulong Lowest);
