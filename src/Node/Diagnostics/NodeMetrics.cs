using LicenceChain.Contracts.Membership;
using LicenceChain.Hosting.Metrics;
using LicenceChain.Node.Standings.Expiry;
using LicenceChain.Protocol;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Diagnostics;

/// <summary>What a node counts beside its requests. Labels are codes of ours, never what somebody sent.</summary>
internal sealed class NodeMetrics
{
    private readonly MetricFamily<Counter> _submissions;
    private readonly Histogram _commitSeconds;
    private readonly Counter _deposits;
    private readonly MetricFamily<Counter> _releases;

    public NodeMetrics(MetricsRegistry registry)
    {
        _submissions = registry.CounterFamily("licencechain_submissions_total", "Transactions submitted here, by the code they came to.", "code");
        _commitSeconds = registry.Histogram("licencechain_commit_seconds", "Time from submission to the flushed block, of those that waited for it.", Histogram.Seconds);
        _deposits = registry.Counter("licencechain_vault_deposits_total", "Deposits taken by the vault.");
        _releases = registry.CounterFamily("licencechain_vault_releases_total", "Requests answered by the vault, by code.", "code");
    }

    /// <summary>Publishes what the loop says of itself.</summary>
    public static void Register(MetricsRegistry registry, INodeQueries queries)
    {
        registry.GaugeFrom("licencechain_head_height", "Height of the head.", () => queries.Status.Height.Value);
        registry.GaugeFrom("licencechain_head_time_seconds", "Block time of the head, Unix seconds.", () => queries.Status.HeadTime.Milliseconds / 1000.0);
        registry.GaugeFrom("licencechain_peers", "Links that are up.", () => queries.Status.Peers);
        registry.GaugeFrom("licencechain_mempool_transactions", "Transactions held in the mempool.", () => queries.Status.Mempool);
        registry.GaugeFrom("licencechain_mempool_bytes", "Bytes held in the mempool.", () => queries.Status.MempoolBytes);
        registry.GaugeFrom("licencechain_committed_transactions", "Transactions committed since the node started; its rate is the throughput.", () => queries.Status.CommittedTransactions);
        registry.GaugeFrom("licencechain_refused_transactions", "Transactions refused before they were taken, since the node started.", () => queries.Status.RefusedTransactions);
        registry.GaugeFrom("licencechain_validator", "1 when the node has a seat in the next height's set.", () => queries.Status.IsValidator ? 1 : 0);
        registry.GaugeFrom("licencechain_behind", "1 while the node fetches blocks that others committed.", () => queries.Status.IsBehind ? 1 : 0);
        registry.GaugeFrom("licencechain_round", "Round of the next height: above 0 when a proposer was not heard in time.", () => queries.Status.Round.Value);
        registry.GaugeFrom("licencechain_blocks_lowest", "Lowest block held here: above 0 after a snapshot or where older ones were archived.", () => queries.Status.LowestBlock.Value);
        registry.GaugeFrom("licencechain_blocks_missing", "Blocks that the disk damaged and no peer has yet given again: above 0 for minutes, look at the disk and the links.", () => queries.Status.MissingBlocks);
        registry.GaugeFrom("licencechain_blocks_healed", "Damaged blocks healed from peers since the node started: look at the disk.", () => queries.Status.HealedBlocks);
        registry.GaugeFrom("licencechain_alarm", "1 while the node does not vote (C-ALARM).", () => queries.Status.Alarm.Length > 0 ? 1 : 0);
    }

    /// <summary>Publishes the room on the disk of the data.</summary>
    public static void RegisterDisk(MetricsRegistry registry, string directory) =>
        registry.GaugeFrom("licencechain_disk_free_bytes", "Room on the disk of the node's data: a node that cannot write stops.", () => DiskSpaceWatch.FreeBytes(directory));

    /// <summary>Publishes whether the vault's file is sound.</summary>
    public static void RegisterVault(MetricsRegistry registry, Func<bool> isDamaged) =>
        registry.GaugeFrom("licencechain_vault_damaged", "1 once vault.db was found damaged since the start: restore it.", () => isDamaged() ? 1 : 0);

    /// <summary>Publishes what is scheduled.</summary>
    public static void RegisterUpgrade(MetricsRegistry registry, INodeQueries queries)
    {
        registry.GaugeFrom("licencechain_protocol_version", "Version of the protocol in force at the next height.", () => UpgradeSchedule.VersionAt(Scheduled(queries), queries.Status.Height.Next));
        registry.GaugeFrom("licencechain_upgrade_height", "First height of the next version of the protocol; 0 when none is scheduled.", () => IsAhead(queries) ? Scheduled(queries)!.ActivationHeight : 0);
        registry.GaugeFrom(
            "licencechain_upgrade_unsupported", "1 when a version is scheduled that this program does not know: install another before its height.",
            () => IsAhead(queries) && !ProtocolVersions.Supported.Includes(Scheduled(queries)!.NextVersion) ? 1 : 0);
    }

    /// <summary>Publishes what expires: alert on it 90, 30 and 7 days ahead.</summary>
    public static void RegisterExpiry(MetricsRegistry registry, INodeQueries queries)
    {
        foreach (var (kind, name, what) in ((ExpiryKind, string, string)[])
        [
            (ExpiryKind.ConsensusKey, "consensus_key", "the node's consensus key"),
            (ExpiryKind.ServiceKey, "service_key", "the node's service key"),
            (ExpiryKind.GoverningKey, "governing_key", "the governing key of the node's member that is valid longest"),
            (ExpiryKind.LinkCertificate, "link_certificate", "the node's link certificate"),
        ])
            registry.GaugeFrom(
                $"licencechain_{name}_expires_seconds", $"Last instant of {what}, Unix seconds; 0 when there is none.",
                () => queries.Why.Expiring.FirstOrDefault(one => one.Kind == kind) is { } found ? found.At.Milliseconds / 1000.0 : 0);
    }

    private static UpgradeRecord? Scheduled(INodeQueries queries) => queries.TryGetState(StateKeys.Upgrade, out var bytes) ? UpgradeRecord.Parser.ParseFrom(bytes.Span) : null;

    private static bool IsAhead(INodeQueries queries) => Scheduled(queries) is { NextVersion: > 0 } due && due.ActivationHeight > queries.Status.Height.Value;

    public void Submitted(SubmitResult result, TimeSpan elapsed)
    {
        _submissions.With(result.Receipt?.Code ?? result.Refusal?.Code ?? "PENDING").Increment();
        if (result.Receipt is not null) _commitSeconds.Observe(elapsed.TotalSeconds);
    }

    public void Deposited(int count) => _deposits.Add(count);

    public void Released(string code) => _releases.With(code).Increment();
}
