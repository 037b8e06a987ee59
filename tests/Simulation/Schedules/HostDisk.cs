using LicenceChain.Consensus.Messages;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Schedules;

/// <summary>What survives a crash of a host: the write-ahead log and the stored blocks with their certificates.</summary>
internal sealed class HostDisk(BlockHeader genesis)
{
    public List<WalRecordMessage> Log { get; } = [];

    public List<(Block Block, CommitCertificate Certificate)> Chain { get; } = [];

    public BlockHeader Head => Chain.Count == 0 ? genesis : Chain[^1].Block.Header;

    public bool LogLost { get; private set; }

    public void Append(Block block, CommitCertificate certificate)
    {
        Chain.Add((block, certificate));
        Log.RemoveAll(record => MessageVerifier.TryPeekHeight(record.Message.Memory, out var height) && height <= Head.Height);
    }

    /// <summary>The log is gone; the node sees that it is, unless <paramref name="silently"/>.</summary>
    public void LoseLog(bool silently)
    {
        Log.Clear();
        LogLost = !silently;
    }
}
