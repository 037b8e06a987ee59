using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;

namespace LicenceChain.Node.Tests.Snapshots;

/// <summary>The chain in a data directory that was installed from a snapshot.</summary>
internal sealed class InstalledChain : IDisposable
{
    private readonly SqliteStateStore _state;

    public InstalledChain(string data, SnapshotChain like)
    {
        Blocks = SegmentBlockStore.Open(new DiskFolder(Path.Combine(data, "blocks")));
        _state = SqliteStateStore.Open(Path.Combine(data, "state.db"));
        Chain = ChainOpener.Open(Blocks, _state, like.Genesis);
    }

    public SegmentBlockStore Blocks { get; }

    public ChainState Chain { get; }

    public void Dispose()
    {
        _state.Dispose();
        Blocks.Dispose();
    }
}
