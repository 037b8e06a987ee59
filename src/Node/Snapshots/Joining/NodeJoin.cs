using LicenceChain.Contracts;
using LicenceChain.Hosting.Files;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Network;
using LicenceChain.Node.Signing;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Storage.Files;
using LicenceChain.Node.Vault;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Snapshots.Joining;

/// <summary>Fills an empty data directory from a snapshot, offered by peers or carried by hand (ADR 0018). The node then runs as any other.</summary>
public sealed class NodeJoin
{
    private readonly NodeConfiguration _configuration;
    private readonly TrustAnchor? _anchor;
    private readonly IProgress<JoinProgress> _progress;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly JoinFolder _folder;
    private readonly long _began;

    private NodeJoin(NodeConfiguration configuration, TrustAnchor? anchor, IProgress<JoinProgress> progress, TimeProvider clock, ILoggerFactory logging)
    {
        _configuration = configuration;
        _anchor = anchor;
        _progress = progress;
        _clock = clock;
        _logger = logging.CreateLogger("LicenceChain.Node");
        _folder = JoinFolder.Of(configuration.DataDirectory);
        _began = clock.GetTimestamp();
    }

    /// <summary>
    /// Joins by the newest snapshot that a peer offers, or by the one in <paramref name="from"/>. Trusts genesis.json and, if given, <paramref name="anchor"/>. Throws
    /// <see cref="NodeFaultException"/> that says what to do when the directory holds a chain already, or nothing usable is offered.
    /// </summary>
    public static async Task<JoinReport> RunAsync(
        NodeConfiguration configuration, TrustAnchor? anchor, string? from, IProgress<JoinProgress> progress, TimeProvider clock, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(logging);
        configuration.Validate();
        Directory.CreateDirectory(configuration.DataDirectory);
        using var owned = FolderLock.Take(configuration.DataDirectory);
        var join = new NodeJoin(configuration, anchor, progress, clock, logging);
        join._folder.FinishIfReady();
        if (join._folder.HoldsChain)
            throw new NodeFaultException($"{configuration.DataDirectory} holds a chain already: run the node, which catches up by itself. To build it anew, remove blocks and state.db from it, and keep votes.wal.");
        if (from is not null) return await Task.Run(() => join.FromFolder(new SnapshotFiles(Path.GetFullPath(from)), cancellationToken), cancellationToken);
        return await join.FromPeersAsync(new JoinPolicy(default, MayReplay: false), cancellationToken)
            ?? throw new NodeFaultException("No peer offers a snapshot that holds. Make one on a running node (licencechain node snapshot), carry one here (--from), or start this node with node run, which replays the chain.");
    }

    /// <summary>
    /// Before a node starts: finishes an interrupted join; where the directory holds no chain, asks the peers, and joins by a snapshot when that saves much. Returns null
    /// when the node starts with what it has, or at genesis.
    /// </summary>
    internal static async Task<JoinReport?> PrepareAsync(NodeConfiguration configuration, TimeProvider clock, ILoggerFactory logging, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(configuration.DataDirectory);
        using var owned = FolderLock.Take(configuration.DataDirectory);
        var join = new NodeJoin(configuration, null, new Progress(), clock, logging);
        join._folder.FinishIfReady();
        if (join._folder.HoldsChain)
        {
            join._folder.Discard(); // chunks of a join that was finished
            return null;
        }

        var atLeast = configuration.Snapshots.JoinAbove == 0 ? new Height(ulong.MaxValue) : new Height(configuration.Snapshots.JoinAbove);
        return configuration.Peers.Count == 0 ? null : await join.FromPeersAsync(new JoinPolicy(atLeast, MayReplay: true), cancellationToken);
    }

    private JoinReport FromFolder(SnapshotFiles source, CancellationToken cancellationToken)
    {
        var genesis = GenesisFile.Read(_configuration.GenesisPath);
        if (!source.TryReadManifest(out var manifest)) throw new NodeFaultException($"{source.Folder} holds no snapshot: its manifest is missing or malformed.");
        var (decidedBy, refusal) = Trust(genesis).Check(manifest);
        if (decidedBy is null) throw new NodeFaultException($"The snapshot in {source.Folder} is refused: {refusal}.");
        var (report, failure) = Install(manifest, decidedBy.Validators, source, cancellationToken);
        if (report is not null) return report;
        _folder.Discard();
        throw new NodeFaultException($"The snapshot in {source.Folder} is refused: {failure}.");
    }

    private async Task<JoinReport?> FromPeersAsync(JoinPolicy policy, CancellationToken cancellationToken)
    {
        var genesis = GenesisFile.Read(_configuration.GenesisPath);
        using var keys = KeystoreFile.OpenWithPassphraseFile(_configuration.KeystorePath, _configuration.PassphrasePath);
        using var certificates = LinkCertificates.Open(_configuration.LinkCertificatePath, _configuration.LinkKeyPath, _logger);
        var signer = NodeSigner.Of(keys, _configuration.ConsensusKeyName);
        await using var links = new JoinLinks(_configuration.Peers, certificates, signer, genesis.Chain, genesis.GenesisHash, _clock, _logger);
        var session = new JoinSession(Trust(genesis), policy, _configuration.Peers.Select(p => p.Key), links.Network, links.Timers, _folder, _progress, _logger);
        while (true)
        {
            await links.RunAsync(session, cancellationToken);
            if (session.Outcome == JoinOutcome.Replay) _folder.Discard();

            if (session.Outcome is not { Manifest: { } manifest, DecidedBy: { } decidedBy }) return null;

            var (report, failure) = await Task.Run(() => Install(manifest, decidedBy, _folder.Fetched, cancellationToken), cancellationToken);
            if (report is not null) return report;
            session.Discredit(failure);
        }
    }

    private (JoinReport? Report, string Failure) Install(SnapshotManifest manifest, ValidatorSet decidedBy, SnapshotFiles source, CancellationToken cancellationToken)
    {
        var done = 0L;
        var (isLost, failure) = new JoinInstall(_folder, Standing()).Run(manifest, decidedBy, source, KeepAgreements, OnBytes, cancellationToken);
        if (failure.Length > 0) return (null, failure);
        var elapsed = _clock.GetElapsedTime(_began);
        Log.Joined(_logger, manifest.Height.Value, manifest.Rows, manifest.TotalBytes, (long)elapsed.TotalMilliseconds);
        return (new JoinReport(manifest.Height, manifest.Header.Fields.StateRoot, manifest.Rows, manifest.TotalBytes, isLost, elapsed), "");

        void KeepAgreements(IReadOnlyList<string> agreements)
        {
            using var vault = VaultStore.Open(Path.Combine(_configuration.DataDirectory, VaultService.StoreName)); // an older one keeps its rows
            vault.PutAgreements(agreements, manifest.Height.Next);
        }

        void OnBytes(long bytes)
        {
            done += bytes;
            _progress.Report(new JoinProgress(JoinPhase.Building, manifest.Height, done, manifest.TotalBytes));
        }
    }

    private VoteStanding Standing()
    {
        var keystore = new UsedKeystore(_configuration.KeystorePath);
        return new VoteStanding(new DiskFolder(_configuration.DataDirectory), () => keystore.HasVoted);
    }

    private SnapshotTrust Trust(GenesisOutcome genesis) => new(new TrustAnchor(genesis.Chain, genesis.GenesisHash, new Height(0), genesis.Validators), _anchor);

    // What a starting node has to say stands in its log.
    private sealed class Progress : IProgress<JoinProgress>
    {
        public void Report(JoinProgress value)
        {
        }
    }
}
