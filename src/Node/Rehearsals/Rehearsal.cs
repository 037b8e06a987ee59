using LicenceChain.Contracts;
using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Snapshots;
using LicenceChain.Node.Snapshots.Joining;
using LicenceChain.Node.Standings;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;

namespace LicenceChain.Node.Rehearsals;

/// <summary>
/// Before an upgrade: this program executes a node's stored blocks again, beside the node, from genesis or from a snapshot, and compares every root. Nothing of the node's is
/// changed, and it may run meanwhile.
/// </summary>
public static class Rehearsal
{
    /// <summary>
    /// Rehearses; <paramref name="onBlock"/> hears each height and the last. Throws <see cref="NodeFaultException"/>, <see cref="CorruptStorageException"/> or IOException where
    /// it cannot even begin. A difference is a result.
    /// </summary>
    public static RehearsalReport Run(NodeConfiguration configuration, RehearsalOptions options, Action<Height, Height> onBlock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(onBlock);
        var genesis = GenesisFile.Read(configuration.GenesisPath);
        using var held = SegmentBlockStore.Open(new FrozenFolder(Path.Combine(configuration.DataDirectory, "blocks")));
        if (held.Head is not { } head || head.Value == 0) throw new NodeFaultException($"{configuration.DataDirectory} holds no blocks to execute.");
        var work = Directory.CreateDirectory(Path.Combine(options.WorkFolder ?? Path.GetTempPath(), $"licencechain-rehearsal-{Environment.ProcessId}")).FullName;
        try
        {
            var statePath = Path.Combine(work, "state.db");
            var start = Begin(configuration, genesis, held, options, statePath, work, cancellationToken);
            using var blocks = new RehearsedBlocks(held, start.Next, height => onBlock(height, head), cancellationToken);
            using var state = SqliteStateStore.Open(statePath);
            return Execute(blocks, state, genesis, start.Next);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static RehearsalReport Execute(RehearsedBlocks blocks, SqliteStateStore state, GenesisOutcome genesis, Height from)
    {
        try
        {
            var chain = ChainOpener.Open(blocks, state, genesis);
            return new RehearsalReport(genesis.Chain, from, chain.Height, blocks.Transactions, chain.Head.Header.Digest, chain.Tree.Root, chain.Height < blocks.Head ? $"Block {chain.Height.Next} is missing." : "");
        }
        catch (NodeFaultException fault) when (fault.Reason == StandingCodes.Diverged)
        {
            return new RehearsalReport(genesis.Chain, from, default, blocks.Transactions, default, default, fault.Message);
        }
    }

    // The height whose state it begins with; rows of a snapshot are then in place.
    private static Height Begin(
        NodeConfiguration configuration, GenesisOutcome genesis, SegmentBlockStore held, RehearsalOptions options, string statePath, string work, CancellationToken cancellationToken)
    {
        var shelf = new SnapshotShelf(new DiskTree(configuration.DataDirectory), NodeStores.SnapshotsName);
        if (Choose(shelf, held, options) is not { } height) return default;
        var files = shelf.Files(height);
        if (!files.TryReadManifest(out var manifest)) throw new CorruptStorageException($"The snapshot of height {height} cannot be read.");
        var (decidedBy, refusal) = new SnapshotTrust(new TrustAnchor(genesis.Chain, genesis.GenesisHash, default, genesis.Validators), null).Check(manifest);
        if (decidedBy is null) throw new CorruptStorageException($"The snapshot of height {height}: {refusal}.");
        using var state = new StateLoader(statePath);
        var fault = new SnapshotInstaller(manifest, decidedBy.Validators, files, isChecked: false, TaskScheduler.Default, _ => { }).Install(state, new DiskFolder(Path.Combine(work, "blocks")), cancellationToken);
        return fault.Length == 0 ? height : throw new CorruptStorageException($"The snapshot of height {height}: {fault}.");
    }

    // Null: from genesis.
    private static Height? Choose(SnapshotShelf shelf, SegmentBlockStore held, RehearsalOptions options)
    {
        var head = held.Head!.Value;
        var usable = shelf.Heights().Where(height => height < head && height.Next >= held.Lowest).ToList(); // the newest first
        if (options.Blocks is { } wanted)
            foreach (var height in usable)
                if (head.Value - height.Value >= wanted)
                    return height;
        if (held.Lowest.Value == 0) return null;
        return usable.Count > 0
            ? usable[^1]
            : throw new NodeFaultException($"The block files begin at height {held.Lowest} and no snapshot stands below the head: there is no state to begin with. Make one (licencechain node snapshot) and rehearse what follows it.");
    }
}
