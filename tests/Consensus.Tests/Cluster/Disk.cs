using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Tests.Cluster;

/// <summary>What survives a crash of a simulated node: the write-ahead log and the stored blocks.</summary>
internal sealed class Disk(BlockHeader genesis)
{
    public List<WalRecordMessage> Log { get; } = [];

    public List<(Block Block, CommitCertificate Certificate)> Chain { get; } = [];

    public BlockHeader Head => Chain.Count == 0 ? genesis : Chain[^1].Block.Header;

    public bool LogLost { get; set; }

    public bool Holds(ReadOnlyMemory<byte> message) => Log.Any(r => r.Message.Span.SequenceEqual(message.Span));
}
