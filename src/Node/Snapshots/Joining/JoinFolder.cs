using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Protocol.Blocks;

namespace LicenceChain.Node.Snapshots.Joining;

/// <summary>
/// A data directory that is being filled from a snapshot: everything lies in <c>joining/</c> until it is whole, so that a half-joined directory cannot be taken for a
/// node's. A crash at any moment leaves chunks that are used again, or moves that are finished at the next start.
/// </summary>
/// <param name="tree">The data directory.</param>
/// <param name="load">Makes new rows at a path of it.</param>
/// <param name="workers">Where chunks are read and hashed ahead.</param>
internal sealed class JoinFolder(IStorageTree tree, Func<string, IStateLoader> load, TaskScheduler workers)
{
    private const string Root = "joining";
    private const string Ready = Root + "/READY";
    private const string Chunks = Root + "/snapshot";
    private const string BuiltBlocks = Root + "/blocks";
    private const string BuiltState = Root + "/" + State;
    private const string Blocks = "blocks";
    private const string State = NodeStores.StateName;

    /// <summary>The manifest and the chunks fetched so far.</summary>
    public SnapshotFiles Fetched => new(tree, Chunks);

    /// <summary>True when a join has begun and is not finished.</summary>
    public bool IsUnfinished => tree.Holds(Root);

    /// <summary>True when the directory holds a node's blocks or rows.</summary>
    public bool HoldsChain => tree.Holds(State) || (tree.Holds(Blocks) && tree.Look(Blocks).Names(".seg").Count > 0);

    /// <summary>A directory of the file system.</summary>
    public static JoinFolder Of(string dataDirectory)
    {
        var tree = new DiskTree(dataDirectory);
        return new JoinFolder(tree, path => new StateLoader(tree.Describe(path)), TaskScheduler.Default);
    }

    /// <summary>
    /// Makes room for a snapshot. Chunks that an interrupted join has fetched of the very same content stay; of another they go.
    /// </summary>
    public void Begin(SnapshotManifest manifest)
    {
        if (!Fetched.TryReadManifest(out var before) || before.ContentId != manifest.ContentId) Discard();
        Fetched.WriteManifest(manifest);
    }

    /// <summary>Forgets what was fetched and built.</summary>
    public void Discard() => tree.Delete(Root);

    /// <summary>Builds rows and blocks from <paramref name="source"/>, still within <c>joining/</c>. The installer knows what is in them; or why it cannot be built.</summary>
    public (SnapshotInstaller Installer, string Failure) Build(SnapshotManifest manifest, ValidatorSet decidedBy, SnapshotFiles source, bool isChecked, Action<long> onBytes, CancellationToken cancellationToken)
    {
        var root = tree.Make(Root);
        tree.Delete(BuiltBlocks);
        foreach (var left in root.Names("").Where(name => name.StartsWith(State, StringComparison.Ordinal))) root.Delete(left);
        var installer = new SnapshotInstaller(manifest, decidedBy, source, isChecked, workers, onBytes);
        using var state = load(BuiltState);
        return (installer, installer.Install(state, tree.Make(BuiltBlocks), cancellationToken));
    }

    /// <summary>What was built is whole: from here on a crash can only delay the moves.</summary>
    public void Finish()
    {
        tree.FlushNames(Root);
        using (var ready = tree.Make(Root).Open("READY")) ready.Flush();
        tree.FlushNames(Root);
        FinishIfReady();
    }

    /// <summary>Moves what is whole to its place. To be called before a node opens the directory: a crash may have come between.</summary>
    public void FinishIfReady()
    {
        if (!tree.Holds(Ready)) return;
        if (tree.Holds(BuiltBlocks))
        {
            tree.Delete(Blocks); // held no block, else nothing would have been built
            tree.Move(BuiltBlocks, Blocks);
        }

        if (tree.Holds(BuiltState)) tree.Move(BuiltState, State);
        tree.FlushNames("");
        tree.Delete(Root);
        tree.FlushNames("");
    }
}
