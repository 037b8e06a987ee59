using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Archiving;

/// <summary>An archive that holds.</summary>
/// <param name="First">Its lowest block.</param>
/// <param name="Last">Its highest.</param>
/// <param name="Transactions">Transactions in them.</param>
/// <param name="Digest">Digest of the highest block's header.</param>
public sealed record ArchiveCheck(Height First, Height Last, ulong Transactions, Hash256 Digest);
