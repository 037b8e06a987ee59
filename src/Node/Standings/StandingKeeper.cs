using LicenceChain.Consensus;
using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Signing;
using LicenceChain.Node.Standings.Expiry;
using LicenceChain.Node.Storage;
using LicenceChain.Node.Sync;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Standings;
using LicenceChain.Protocol.Transactions;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Standings;

/// <summary>
/// C-ALARM: says of this node where it stands and why it does not vote, to its peers and to whoever asks, and keeps what each peer says of itself. The loop's own.
/// </summary>
internal sealed class StandingKeeper(
    ChainState chain, ConsensusDriver consensus, SyncClient sync, SortedSet<KeyId> linked, NodeSeams seams, NodeSigner signer, KeyId service, NodePublisher publisher, PeerWarnings warnings, ILogger logger)
{
    /// <summary>Peers whose words are kept: as many as a node may have.</summary>
    public const int MaxHeard = 256;

    /// <summary>Peers hear at least this often that all is as it was: who is silent for much longer is stopped or cut off.</summary>
    public const ulong AnnounceMs = 10_000;

    // A passing alarm is told for as long as somebody who looks needs to see it.
    private const ulong LastAlarmMs = 60_000;

    private readonly SortedDictionary<KeyId, HeardStanding> _heard = [];
    private readonly List<KeyId> _owed = []; // linked since the last look: at most as many as there are links
    private readonly ExpiryKeeper _expiry = new(chain, service, seams.LinkCertificate, logger);
    private UnixTime _announcedAt;
    private bool _isUpgradeDue;
    private (string Reason, string Detail) _announced = ("", "");

    /// <summary>Puts up for readers where the node stands now.</summary>
    public NodeStanding PutUp()
    {
        var own = Own(consensus.Alarm, consensus.AlarmDetail);
        publisher.Publish(new StandingBoard(own, [.. _heard.Values], _expiry.All, signer, seams.Clock));
        return own;
    }

    /// <summary>Puts it up, and tells the peers when reason or detail changed or they have not heard for a while.</summary>
    public void Refresh()
    {
        var own = PutUp();
        WarnOfUpgrade();
        if ((own.Reason, own.Detail) != _announced || own.Time < _announcedAt || own.Time >= _announcedAt.Plus(AnnounceMs)) Announce(own);
        else TellNew(own);
    }

    /// <summary>A new link's peer hears with the next look, within a second: who starts gets many links at once, and one signature does for all.</summary>
    public void OnConnected(KeyId peer)
    {
        if (!_owed.Contains(peer)) _owed.Add(peer);
    }

    /// <summary>A peer says where it stands; the link has proven that it is the peer.</summary>
    public void OnHeard(KeyId peer, SignedStanding standing)
    {
        if (standing.Key.Id != peer) return; // nobody speaks for another; and a node whose key is being replaced may speak under the one that this node does not know it by
        var before = _heard.GetValueOrDefault(peer);
        if (before is null && _heard.Count >= MaxHeard) return;
        _heard[peer] = new HeardStanding(standing, seams.Clock.Now);
        var reason = standing.Standing.Reason;
        if (reason.Length > 0 && reason != before?.Standing.Standing.Reason && warnings.TryTake(peer, chain.Height)) Log.PeerAlarm(logger, peer, reason, standing.Standing.Detail);
    }

    /// <summary>The node stops by itself: the last that its peers hear of it says why.</summary>
    public void SayLastWords(Exception cause)
    {
        var (reason, detail) = cause switch
        {
            StorageFaultException { IsFull: true } => (StandingCodes.Storage, "Its disk is full."), // where on its disk is nobody else's business
            NodeFaultException fault and not StorageFaultException => (fault.Reason, fault.Message),
            StateDamagedException damage => (StandingCodes.Storage, damage.Message),
            StorageFaultException or CorruptStorageException or IOException => (StandingCodes.Storage, "Its disk cannot be written, or gives back what was not written; its log says which file."),
            _ => (StandingCodes.Halted, "It met a defect; its log has the details."),
        };
        Announce(Own(reason, detail));
    }

    // Once for each schedule: the standing repeats it until it is dealt with.
    private void WarnOfUpgrade()
    {
        var isDue = chain.UpgradeDue is not null;
        if (isDue && !_isUpgradeDue) Log.UpgradeDue(logger, chain.UpgradeDue!);
        _isUpgradeDue = isDue;
    }

    private void TellNew(NodeStanding own)
    {
        if (_owed.Count == 0) return;
        var message = Message(own);
        foreach (var peer in _owed) seams.Network.Send(peer, message);
        _owed.Clear();
    }

    private void Announce(NodeStanding own)
    {
        _owed.Clear();
        seams.Network.Broadcast(Message(own));
        (_announced, _announcedAt) = ((own.Reason, own.Detail), own.Time);
    }

    private LinkMessage Message(NodeStanding own) => new() { Standing = signer.SignStanding(own).ToMessage() };

    private NodeStanding Own(string reason, string detail)
    {
        var head = chain.Head.Header;
        var now = seams.Clock.Now;
        var view = consensus.Standing;
        if (sync.HistoryGone is { } lowest && (reason.Length == 0 || reason == AlarmCodes.Of(AlarmReason.PeersMissing) || reason == AlarmCodes.Of(AlarmReason.Behind)))
            (reason, detail) = (StandingCodes.HistoryGone, $"It stands at height {head.Height}; its peers hold no block below {lowest}.");
        if (seams.LinkCertificate?.Missing is { } missing && (reason.Length == 0 || reason == AlarmCodes.Of(AlarmReason.PeersMissing)))
            (reason, detail) = (StandingCodes.CertificateMissing, missing);
        var isValidator = chain.Next.TryIndexOf(signer.Key, out _);
        if (reason.Length == 0 && isValidator && KeyFault(now) is { } fault) (reason, detail) = (StandingCodes.KeyExpired, fault);
        if (reason.Length == 0 && chain.UpgradeDue is { } due) (reason, detail) = (StandingCodes.UpgradeDue, due);
        _expiry.Look(signer.Key, now);
        if (reason.Length == 0) (reason, detail) = _expiry.Alarm(now);
        var last = consensus.LastAlarm is { } alarm && alarm.At.Plus(LastAlarmMs) > now && alarm.Reason != reason ? alarm : null;
        return new NodeStanding
        {
            Chain = chain.Chain,
            Key = signer.LinkKey.Id,
            Time = now,
            Height = head.Height,
            Head = head.Digest,
            HeadTime = head.Time,
            ValidatorsHash = chain.Next.Hash,
            IsValidator = isValidator,
            Round = consensus.Round,
            Reason = reason,
            Detail = detail,
            Wait = view.Wait,
            Have = view.Have,
            Needed = view.Needed,
            Missing = [.. view.Missing.Select(seat => chain.Next.Validators[seat].Key.Id)],
            Linked = [.. linked],
            BestHeight = sync.BestHeight,
            HighestVersion = chain.Supported.Highest,
            Program = ProgramVersion.Text,
            LastReason = last?.Reason ?? "",
            LastDetail = last?.Detail ?? "",
            LastHeight = last?.Height ?? default,
        };
    }

    private string? KeyFault(UnixTime now) =>
        chain.Signers.Check(signer.Key, now) is { Code: TransactionCodes.InactiveKey } refusal ? $"Its consensus key: {refusal.Detail}" : null;
}
