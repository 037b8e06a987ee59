using LicenceChain.Hosting.Files;
using LicenceChain.Node.Vault;
using LicenceChain.Protocol.Blocks;

namespace LicenceChain.Node.Snapshots.Joining;

/// <summary>
/// A data directory that is being filled from a snapshot: everything lies in <c>joining/</c> until it is whole, so that a half-joined directory cannot be taken for a
/// node's. A crash at any moment leaves chunks that are used again, or moves that are finished at the next start.
/// </summary>
internal sealed class JoinFolder(string dataDirectory)
{
    private const string Ready = "READY";

    private string Root => Path.Combine(dataDirectory, "joining");

    private string BuiltBlocks => Path.Combine(Root, "blocks");

    private string BuiltState => Path.Combine(Root, "state.db");

    private string Blocks => Path.Combine(dataDirectory, "blocks");

    private string State => Path.Combine(dataDirectory, "state.db");

    /// <summary>The manifest and the chunks fetched so far.</summary>
    public SnapshotFiles Fetched => new(Path.Combine(Root, "snapshot"));

    /// <summary>True when a join has begun and is not finished.</summary>
    public bool IsUnfinished => Directory.Exists(Root);

    /// <summary>True when the directory holds a node's blocks or rows.</summary>
    public bool HoldsChain => File.Exists(State) || (Directory.Exists(Blocks) && Directory.EnumerateFiles(Blocks, "*.seg").Any());

    /// <summary>
    /// Makes room for a snapshot. Chunks that an interrupted join has fetched of the very same content stay; of another they go.
    /// </summary>
    public void Begin(SnapshotManifest manifest)
    {
        if (!Fetched.TryReadManifest(out var before) || before.ContentId != manifest.ContentId) Discard();
        Directory.CreateDirectory(Fetched.Folder);
        Fetched.WriteManifest(manifest);
    }

    /// <summary>Forgets what was fetched and built.</summary>
    public void Discard()
    {
        if (Directory.Exists(Root)) Directory.Delete(Root, recursive: true);
    }

    /// <summary>Builds rows and blocks from <paramref name="source"/>, still within <c>joining/</c>. Returns the set that decides the next height, or why it cannot be built.</summary>
    public (ValidatorSet? Next, string Failure) Build(SnapshotManifest manifest, ValidatorSet decidedBy, SnapshotFiles source, bool isChecked, Action<long> onBytes, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Root);
        if (Directory.Exists(BuiltBlocks)) Directory.Delete(BuiltBlocks, recursive: true);
        foreach (var left in Directory.GetFiles(Root, "state.db*")) File.Delete(left);
        Directory.CreateDirectory(BuiltBlocks);
        var installer = new SnapshotInstaller(manifest, decidedBy, source, isChecked, onBytes);
        var failure = installer.Install(BuiltState, BuiltBlocks, cancellationToken);
        if (failure.Length > 0) return (null, failure);
        using var vault = VaultStore.Open(Path.Combine(dataDirectory, VaultService.StoreName)); // an older one keeps its rows
        vault.PutAgreements(installer.Agreements, manifest.Height.Next);
        return (installer.Next, "");
    }

    /// <summary>What was built is whole: from here on a crash can only delay the moves.</summary>
    public void Finish()
    {
        AtomicFile.Write(Path.Combine(Root, Ready), []);
        FinishIfReady();
    }

    /// <summary>Moves what is whole to its place. To be called before a node opens the directory: a crash may have come between.</summary>
    public void FinishIfReady()
    {
        if (!File.Exists(Path.Combine(Root, Ready))) return;
        if (Directory.Exists(BuiltBlocks))
        {
            if (Directory.Exists(Blocks)) Directory.Delete(Blocks, recursive: true); // held no block, else nothing would have been built
            Directory.Move(BuiltBlocks, Blocks);
        }

        if (File.Exists(BuiltState)) File.Move(BuiltState, State, overwrite: true);
        DirectoryFlush.Run(dataDirectory);
        Directory.Delete(Root, recursive: true);
        DirectoryFlush.Run(dataDirectory);
    }
}
