using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Primitives;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node;

/// <summary>Everything a node logs. Ids are stable: 1000 to 1099 the core, 2100 to 2199 API and vault.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "Node {Key} of {Chain} starts at height {Height}, state root {Root}")]
    public static partial void Starting(ILogger logger, KeyId key, ChainId chain, ulong height, Hash256 root);

    [LoggerMessage(1001, LogLevel.Information, "Node stopped at height {Height}")]
    public static partial void Stopped(ILogger logger, ulong height);

    [LoggerMessage(1002, LogLevel.Critical, "The node stops: an invariant does not hold")]
    public static partial void Faulted(ILogger logger, Exception cause);

    [LoggerMessage(1006, LogLevel.Critical, "The node stops: {Reason}")]
    public static partial void StorageFailed(ILogger logger, string reason);

    [LoggerMessage(1003, LogLevel.Error, "The vote log was lost (C-RESTART): this node observes and does not vote until governance lets its key (membership, allow_voting)")]
    public static partial void VoteLogLost(ILogger logger);

    [LoggerMessage(1004, LogLevel.Warning, "{Path} is damaged and is built again from the blocks; the old one stays beside it as .damaged. {Why}")]
    public static partial void StateRebuilt(ILogger logger, string path, string why);

    [LoggerMessage(1005, LogLevel.Information, "Governance lets key {Key} vote again (C-RESTART), from height {Height} on")]
    public static partial void Readmitted(ILogger logger, KeyId key, ulong height);

    [LoggerMessage(1010, LogLevel.Information, "Link to {Peer} is up; {Count} links")]
    public static partial void PeerUp(ILogger logger, KeyId peer, int count);

    [LoggerMessage(1011, LogLevel.Information, "Link to {Peer} is down; {Count} links")]
    public static partial void PeerDown(ILogger logger, KeyId peer, int count);

    [LoggerMessage(1012, LogLevel.Warning, "Link with {Remote} refused: {Reason}")]
    public static partial void LinkRefused(ILogger logger, string remote, string reason);

    [LoggerMessage(1013, LogLevel.Debug, "Link to {Peer} at {Address} failed; next try in {DelayMs} ms: {Reason}")]
    public static partial void DialFailed(ILogger logger, KeyId peer, string address, int delayMs, string reason);

    [LoggerMessage(1014, LogLevel.Warning, "Link to {Peer} closed: {Reason}")]
    public static partial void PeerClosed(ILogger logger, KeyId peer, string reason);

    [LoggerMessage(1015, LogLevel.Information, "Links show the certificate {Fingerprint}, which the chain lists for this node")]
    public static partial void CertificateShown(ILogger logger, CertificateFingerprint fingerprint);

    [LoggerMessage(1016, LogLevel.Error, "The chain lists the link certificate {Fingerprint} for this node, and it is in neither {Present} nor {Next}: peers refuse its links until it and its key lie there")]
    public static partial void ListedCertificateMissing(ILogger logger, CertificateFingerprint fingerprint, string present, string next);

    [LoggerMessage(1017, LogLevel.Warning, "The link certificate {Path} or its key cannot be used: {Reason}")]
    public static partial void CertificateUnreadable(ILogger logger, string path, string reason);

    [LoggerMessage(1020, LogLevel.Warning, "A consensus message through {Peer} does not verify: {Reason}")]
    public static partial void BadConsensusMessage(ILogger logger, KeyId peer, string reason);

    [LoggerMessage(1021, LogLevel.Warning, "Alarm {Reason} at height {Height}: {Detail}")]
    public static partial void Alarm(ILogger logger, string reason, ulong height, string detail);

    [LoggerMessage(1022, LogLevel.Warning, "Peer {Peer} raises alarm {Reason}: {Detail}")]
    public static partial void PeerAlarm(ILogger logger, KeyId peer, string reason, string detail);

    [LoggerMessage(1023, LogLevel.Error, "Evidence (C-EVIDENCE): validator {Validator} signed two contradicting votes at height {Height}, round {Round}")]
    public static partial void Evidence(ILogger logger, uint validator, ulong height, uint round);

    [LoggerMessage(1024, LogLevel.Information, "Evidence (C-EVIDENCE) against validator {Validator} at height {Height} is on the chain")]
    public static partial void EvidenceRecorded(ILogger logger, uint validator, ulong height);

    [LoggerMessage(1025, LogLevel.Warning, "Upgrade scheduled: {Detail}")]
    public static partial void UpgradeDue(ILogger logger, string detail);

    [LoggerMessage(1030, LogLevel.Warning, "{Count} blocks are damaged or missing on the disk, the highest {Height}: they are not served, and are fetched from peers. Look at the disk")]
    public static partial void BlocksMissing(ILogger logger, long count, ulong height);

    [LoggerMessage(1031, LogLevel.Information, "Block {Height} was healed from {Peer}; {Missing} are still missing")]
    public static partial void BlockHealed(ILogger logger, ulong height, KeyId peer, long missing);

    [LoggerMessage(1032, LogLevel.Error, "This node stands at height {Height}; its peers hold no block below {Lowest}. Join again by a snapshot (licencechain node join), or let a peer that keeps all blocks connect")]
    public static partial void PeersPruned(ILogger logger, ulong height, ulong lowest);

    [LoggerMessage(1033, LogLevel.Information, "Blocks {First} to {Last} were moved to the archive")]
    public static partial void Archived(ILogger logger, ulong first, ulong last);

    [LoggerMessage(1034, LogLevel.Warning, "Blocks from {First} on stay here, the archive did not take them; tried again in ten minutes. {Reason}")]
    public static partial void ArchiveFailed(ILogger logger, ulong first, string reason);

    [LoggerMessage(1036, LogLevel.Warning, "{Detail}")]
    public static partial void ExpiryNear(ILogger logger, string detail);

    [LoggerMessage(1037, LogLevel.Error, "{Detail}")]
    public static partial void ExpiryDue(ILogger logger, string detail);

    [LoggerMessage(1040, LogLevel.Warning, "The disk of {Directory} has {Free} bytes left. A node that cannot write stops: make room, or archive old blocks (keepBlocks, licencechain node archive)")]
    public static partial void DiskLow(ILogger logger, string directory, long free);

    [LoggerMessage(1041, LogLevel.Information, "The disk of {Directory} has room again: {Free} bytes")]
    public static partial void DiskHasRoom(ILogger logger, string directory, long free);

    [LoggerMessage(1042, LogLevel.Warning, "The room on the disk of {Directory} is not known: {Reason}")]
    public static partial void DiskUnknown(ILogger logger, string directory, string reason);

    [LoggerMessage(1050, LogLevel.Information, "Snapshot of height {Height} made: {Rows} rows, {Bytes} bytes in {Chunks} chunks, {ElapsedMs} ms")]
    public static partial void SnapshotMade(ILogger logger, ulong height, long rows, long bytes, int chunks, long elapsedMs);

    [LoggerMessage(1051, LogLevel.Warning, "The snapshot of height {Height} was not made: {Reason}")]
    public static partial void SnapshotFailed(ILogger logger, ulong height, string reason);

    [LoggerMessage(1052, LogLevel.Information, "Joining by the snapshot of height {Height}: {Bytes} bytes in {Chunks} chunks, from {Sources} peers")]
    public static partial void JoinBegins(ILogger logger, ulong height, long bytes, int chunks, int sources);

    [LoggerMessage(1053, LogLevel.Warning, "The snapshot that {Peer} offers is refused: {Reason}")]
    public static partial void SnapshotRefused(ILogger logger, KeyId peer, string reason);

    [LoggerMessage(1054, LogLevel.Information, "Joined at height {Height}: {Rows} rows, {Bytes} bytes, {ElapsedMs} ms")]
    public static partial void Joined(ILogger logger, ulong height, long rows, long bytes, long elapsedMs);

    [LoggerMessage(2100, LogLevel.Information, "REST API at {Rest}, gRPC at {Grpc}; vault of {Member} holds its log at {Entries} entries.")]
    public static partial void ApiStarted(ILogger logger, Uri rest, Uri grpc, string member, ulong entries);

    [LoggerMessage(2101, LogLevel.Warning, "The chain does not know this node's service key {Key} yet: it follows the chain, and its API opens once governance admitted it. If it was admitted already, the keystore is another network's.")]
    public static partial void WaitsForAdmission(ILogger logger, KeyId key);

    [LoggerMessage(2110, LogLevel.Information, "The vault's log of {Size} entries is anchored in block {Height}.")]
    public static partial void CheckpointAnchored(ILogger logger, ulong size, ulong height);

    [LoggerMessage(2111, LogLevel.Warning, "The checkpoint of {Size} entries was refused with {Code}; the next attempt follows.")]
    public static partial void CheckpointRefused(ILogger logger, ulong size, string code);

    [LoggerMessage(2112, LogLevel.Warning, "The checkpoint of {Size} entries was not committed in time: the chain stands still or is slow. The next attempt covers it.")]
    public static partial void CheckpointWaits(ILogger logger, ulong size);

    [LoggerMessage(2114, LogLevel.Error, "The checkpoint of {Size} entries could not be made; the next attempt follows.")]
    public static partial void CheckpointFailed(ILogger logger, ulong size, Exception exception);

    [LoggerMessage(2115, LogLevel.Critical, "The vault cannot do its work: {Reason}")]
    public static partial void VaultFailed(ILogger logger, string reason);

    [LoggerMessage(2113, LogLevel.Critical, "{Contradiction} Until then the vault releases nothing.")]
    public static partial void VaultLogLost(ILogger logger, string contradiction);
}
