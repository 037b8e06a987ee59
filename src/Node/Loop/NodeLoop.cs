using LicenceChain.Node.Archiving;
using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Divergence;
using LicenceChain.Node.Healing;
using LicenceChain.Node.Mempool;
using LicenceChain.Node.Network;
using LicenceChain.Node.Signing;
using LicenceChain.Node.Snapshots;
using LicenceChain.Node.Standings;
using LicenceChain.Node.Sync;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;
using Microsoft.Extensions.Logging;

namespace LicenceChain.Node.Loop;

/// <summary>
/// A validator or observer. One caller hands in events one at a time; the loop owns all mutable state and reaches the world only through its seams: no timer,
/// thread, lock or await inside. T1 to T10 are the steps of docs/ARCHITECTURE.md.
/// </summary>
internal sealed class NodeLoop
{
    private const ulong HousekeepingMs = 1_000;

    private readonly ChainState _chain;
    private readonly NodeSeams _seams;
    private readonly NodePublisher _publisher;
    private readonly ILogger _logger;
    private readonly TransactionPool _pool = new();
    private readonly OutcomeCache _outcomes = new();
    private readonly TransactionIntake _intake;
    private readonly BlockSizing _sizing;
    private readonly BlockCheck _check;
    private readonly BlockBuilder _builder;
    private readonly BlockPacing _pacing;
    private readonly ConsensusInbox _inbox;
    private readonly ConsensusDriver _consensus;
    private readonly EvidenceFiler _evidence;
    private readonly VotingLeave _leave;
    private readonly SyncClient _sync;
    private readonly SyncServer _server;
    private readonly SnapshotServer _snapshots;
    private readonly BlockHealer _healer;
    private readonly BlockArchiver _archiver;
    private readonly HealingServer _healing;
    private readonly SortedSet<KeyId> _peers = [];
    private readonly PeerWarnings _warnings = new();
    private readonly NodeSigner _signer;
    private uint _housekeepings;
    private readonly StandingKeeper _standing;
    private readonly TraceServer _traces;
    private readonly DivergenceFinder _divergence;
    private IReadOnlyList<PeerConfiguration> _listed = [];

    public NodeLoop(ChainState chain, NodeSeams seams, NodeSigner signer, Sm2PrivateKey serviceKey, TimeSpan minBlockInterval, NodePublisher publisher, ILogger logger)
    {
        _chain = chain;
        _seams = seams;
        _signer = signer;
        _publisher = publisher;
        _logger = logger;
        var verified = new VerifiedSignatures();
        _intake = new TransactionIntake(chain, _pool, verified, seams.Clock, seams.Workers, seams.Network, () => _consensus!.OnWork());
        _sizing = new BlockSizing(seams.Clock);
        _divergence = new DivergenceFinder(_peers, seams, detail => _consensus!.OnDiverged(detail));
        _traces = new TraceServer(_outcomes, _divergence, seams.Network);
        _check = new BlockCheck(chain, _outcomes, verified, _sizing, seams.Workers) { Diverged = _divergence.Begin };
        _builder = new BlockBuilder(chain, _pool, _outcomes, _sizing, signer);
        _pacing = new BlockPacing(seams.Clock, seams.Timers, minBlockInterval);
        _server = new SyncServer(seams.Blocks, seams.Network, seams.Workers);
        _snapshots = new SnapshotServer(seams.Snapshots, seams.Network, seams.Workers);
        _healer = new BlockHealer(chain, seams, logger);
        _archiver = new BlockArchiver(chain, seams, logger);
        _healing = new HealingServer(seams.Blocks, seams.Network, seams.Workers);
        _sync = new SyncClient(chain, seams, signer.Key);
        _evidence = new EvidenceFiler(chain, signer, serviceKey, transaction => _intake.Submit(transaction, new Submission(waitForCommit: false)), logger);
        _consensus = new ConsensusDriver(chain, _check, seams, signer, new ConsensusActions(OnBuild, OnDecided, () => _sync.Look(isPatient: false), _evidence.Note, () => _standing!.Refresh()), logger);
        _leave = new VotingLeave(chain, seams.Votes, signer, logger);
        _inbox = new ConsensusInbox(chain, seams.Workers, _consensus.Holds);
        _standing = new StandingKeeper(chain, _consensus, _sync, _peers, seams, signer, serviceKey.PublicKey.Id, publisher, _warnings, logger);
        _standing.PutUp();
    }

    /// <summary>Takes one event. Throws <see cref="NodeFaultException"/> or a storage exception when the node must stop.</summary>
    public void Handle(NodeEvent occurrence)
    {
        if (_divergence.IsHalting)
        {
            HandleHalting(occurrence);
            return;
        }

        try
        {
            Dispatch(occurrence);
        }
        catch (DivergedException diverged)
        {
            BeginHalt(diverged);
        }
    }

    /// <summary>The loop broke: whoever waits is told, and the peers why; nothing else is done.</summary>
    public void Abandon(Exception cause)
    {
        _intake.Stop();
        _standing.SayLastWords(cause);
    }

    private void Dispatch(NodeEvent occurrence)
    {
        switch (occurrence)
        {
            case NodeEvent.QueueDrained: _intake.Flush(); break;
            case NodeEvent.TransactionSubmitted e: _intake.Submit(e.Transaction, e.Submission); break;
            case NodeEvent.TransactionsGossiped e: _intake.Receive(e.Peer, e.Transactions); break;
            case NodeEvent.TransactionsVerified e: _intake.Complete(e.Transactions, e.Results); break;
            case NodeEvent.ConsensusReceived e: _inbox.Receive(e.Peer, e.Height, e.Message); break;
            case NodeEvent.ConsensusVerified e: OnConsensusVerified(e); break;
            case NodeEvent.BlockSignaturesChecked e: OnSignaturesChecked(e); break;
            case NodeEvent.TimerFired e: OnTimer(e.Timer); break;
            case NodeEvent.PeerConnected e: OnConnected(e.Peer); break;
            case NodeEvent.PeerDisconnected e: OnDisconnected(e.Peer); break;
            case NodeEvent.PeerStatusReceived e: OnStatus(e); break;
            case NodeEvent.BlocksRequested e: _server.OnRequested(e.Peer, e.From, e.Count); break;
            case NodeEvent.BlocksRead e: _server.OnRead(e.Peer, e.Response); break;
            case NodeEvent.BlocksReceived e: _sync.OnBlocks(e.Peer, e.Blocks); break;
            case NodeEvent.BlocksVerified e: OnBlocksVerified(e); break;
            case NodeEvent.HealingRequested e: _healing.OnRequested(e.Peer, e.From, e.Count); break;
            case NodeEvent.HealingRead e: _healing.OnRead(e.Peer, e.Response); break;
            case NodeEvent.HealingReceived e: _healer.OnReceived(e.Peer, e.Blocks); break;
            case NodeEvent.HealingChecked e: _healer.OnChecked(e.Peer, e.Blocks, e.AllHold); break;
            case NodeEvent.BlocksScrubbed e: _healer.OnScrubbed(e.Next, e.IsDone); break;
            case NodeEvent.SegmentArchived e: _archiver.OnArchived(e.First, e.Last, e.Failure); break;
            case NodeEvent.SnapshotQueried e: _snapshots.OnQueried(e.Peer); break;
            case NodeEvent.SnapshotChunkRequested e: _snapshots.OnChunkRequested(e.Peer, e.Height, e.Index); break;
            case NodeEvent.SnapshotPartRead e: _snapshots.OnRead(e.Peer, e.Answer); break;
            case NodeEvent.SnapshotOffered or NodeEvent.SnapshotChunkReceived: break; // only a node that joins asks
            case NodeEvent.StandingReceived e: _standing.OnHeard(e.Peer, e.Standing); break;
            case NodeEvent.TraceRequested e: _traces.OnRequested(e.Peer, e.Height, e.Digest, e.From); break;
            case NodeEvent.TraceReceived e: _divergence.OnPage(e.Peer, e.Page); break;
            case NodeEvent.Started: OnStarted(); break;
            case NodeEvent.Stopping: _intake.Stop(); break;
            case NodeEvent.WorkFailed e: throw new NodeFaultException("A worker failed.", e.Cause);
            default: throw new InvalidOperationException($"Unknown event {occurrence.GetType().Name}.");
        }
    }

    // A decided block gives other roots here: nothing is voted, applied or taken any more; only where the difference lies is still found out.
    private void BeginHalt(DivergedException diverged)
    {
        _intake.Stop();
        _divergence.Halt(diverged);
        _consensus.OnDiverged(_divergence.Finding.Length > 0 ? _divergence.Finding : diverged.Message);
        PublishCounts();
        if (_divergence.IsDone) StopDiverged();
    }

    private void HandleHalting(NodeEvent occurrence)
    {
        switch (occurrence)
        {
            case NodeEvent.TransactionSubmitted e: _intake.Submit(e.Transaction, e.Submission); break; // refused: the node is stopping
            case NodeEvent.TraceRequested e: _traces.OnRequested(e.Peer, e.Height, e.Digest, e.From); break;
            case NodeEvent.TraceReceived e: _divergence.OnPage(e.Peer, e.Page); break;
            case NodeEvent.PeerDisconnected e: _peers.Remove(e.Peer); break;
            case NodeEvent.TimerFired { Timer.Kind: TimerKind.Halt }: StopDiverged(); break;
            case NodeEvent.TimerFired { Timer.Kind: TimerKind.Housekeeping } e: _divergence.OnTick(); _seams.Timers.Arm(e.Timer, HousekeepingMs); break;
            default: break; // the present is over for this node
        }

        if (_divergence.IsDone) StopDiverged();
    }

    private void StopDiverged() => throw new NodeFaultException(
        $"{(_divergence.Finding.Length > 0 ? _divergence.Finding : _consensus.AlarmDetail)} This node has diverged: keep its data for examination, move state.db away, and start it: the rows are built again from the blocks. If it diverges again, its program is at fault.")
        { Reason = StandingCodes.Diverged };

    private void OnStarted()
    {
        if (_seams.Votes.WasLost) Log.VoteLogLost(_logger);
        _seams.Timers.Arm(new TimerId(TimerKind.Housekeeping), HousekeepingMs);
        _seams.Network.SetPeers(_listed = _chain.Nodes);
        _standing.PutUp(); // again: the chain says by which key and certificate it is known
        _consensus.Start();
        if (_leave.MayAllow()) _consensus.OnAllowed();
        PublishCounts();
    }

    private void OnTimer(TimerId timer)
    {
        switch (timer.Kind)
        {
            case TimerKind.Consensus: _consensus.OnTimer(timer.Consensus); break;
            case TimerKind.Pacing: if (_pacing.TakeDue() is { } due) BuildNow(due.Height, due.Round); break;
            case TimerKind.SyncLook: _sync.Look(isPatient: false); break;
            case TimerKind.SyncTimeout: _sync.OnTimeout(); break;
            case TimerKind.Housekeeping:
                if (_pacing.IsIdleFor(MempoolLimits.RegossipMs)) _intake.GossipOwn();
                if (++_housekeepings % SyncLimits.StatusEvery == 0) _seams.Network.Broadcast(StatusMessage()); // who gave up on us once asks again, though nothing commits without it
                _healer.OnTick();
                _archiver.OnTick();
                PublishCounts();
                _divergence.OnTick();
                _standing.Refresh();
                _seams.Timers.Arm(timer, HousekeepingMs);
                break;
            default: throw new InvalidOperationException($"Unknown timer {timer.Kind}.");
        }
    }

    // T6 Proposal: at once when the chain was idle, else when the least interval is over or a full block waits.
    private void OnBuild(Height height, Round round)
    {
        var isFull = _pool.Count >= int.Min(_chain.Parameters.MaxBlockTransactions, _sizing.Limit) || _pool.Bytes >= _chain.Parameters.MaxBlockBytes;
        if (round.Value > 0 || isFull || !_pacing.MustWait(height, round)) BuildNow(height, round);
    }

    private void BuildNow(Height height, Round round)
    {
        if (height != _chain.Height.Next) return;
        _consensus.OnBuilt(height, round, _builder.Build(_seams.Clock.Now, _intake.Drop));
    }

    private void OnConsensusVerified(NodeEvent.ConsensusVerified e)
    {
        _inbox.Returned(e.Peer);
        if (e.Message is not null) _consensus.OnMessage(e.Message);
        else if (_warnings.TryTake(e.Peer, _chain.Height)) Log.BadConsensusMessage(_logger, e.Peer, e.Reason);
    }

    private void OnSignaturesChecked(NodeEvent.BlockSignaturesChecked e)
    {
        if (_check.Finish(e.Block, e.Failure) is { } verdict) _consensus.OnExecuted(e.Block, verdict);
    }

    // T8 Decision, our own.
    private void OnDecided(Block block, CommitCertificate certificate)
    {
        Commit(block, certificate);
        _leave.OnDecided(_consensus.HasLostLog);
        AfterCommit();
    }

    // C-SYNC: decided by others; the consensus hears of the last one only, and votes for none between.
    private void OnBlocksVerified(NodeEvent.BlocksVerified e)
    {
        if (_sync.OnVerified(e.Peer, e.Blocks, e.AllHold, Commit) == 0) return;
        AfterCommit();
        _sync.Look(isPatient: true);
    }

    // T8 to T10.
    private void Commit(Block block, CommitCertificate certificate)
    {
        if (!_outcomes.TryGet(block.Header.Digest, out var executed)) executed = _chain.Execute(block.Header.Time, block.Transactions);
        var committed = _chain.Append(block, certificate, executed);
        _traces.Keep(block.Header, executed);
        _outcomes.Clear();
        _publisher.Publish(committed, _chain);
        // T10 Receipt: the block is on the disk.
        for (var i = 0; i < block.Transactions.Count; i++)
            if (_pool.Remove(block.Transactions[i].Id, out var pending))
                pending.Submission?.Complete(SubmitResult.Committed(block.Header.Height, i, committed.Receipts[i]));
        foreach (var expired in _pool.Expire(block.Header.Height))
            _intake.Drop(expired, new Refusal(TransactionCodes.Dropped, $"It was valid until height {expired.Transaction.ValidUntil} and no block took it. Submit it again with a later height."));
    }

    private void AfterCommit()
    {
        _seams.Votes.Prune(_chain.Height);
        _pacing.OnHead();
        if (!ReferenceEquals(_listed, _chain.Nodes)) _seams.Network.SetPeers(_listed = _chain.Nodes);
        _seams.Network.Broadcast(StatusMessage());
        PublishCounts();
        _leave.BeforeHead();
        _chain.ThrowIfOutdated();
        _consensus.OnHead();
        if (_leave.MayAllow()) _consensus.OnAllowed();
        _evidence.OnHead();
        if (_pool.Count > 0) _consensus.OnWork();
    }

    private void OnConnected(KeyId peer)
    {
        if (_peers.Add(peer)) Log.PeerUp(_logger, peer, _peers.Count);
        _seams.Network.Send(peer, StatusMessage());
        _intake.GossipOwn(); // it may have missed what was gossiped before
        _standing.OnConnected(peer);
        PublishCounts();
    }

    // C-SYNC: where a peer stands and what it holds.
    private void OnStatus(NodeEvent.PeerStatusReceived e)
    {
        _healer.OnStatus(e.Peer, e.Head, e.Lowest);
        if (_sync.OnStatus(e.Peer, e.Head, e.Lowest) is { } lowest) Log.PeersPruned(_logger, _chain.Height.Value, lowest.Value);
    }

    private void OnDisconnected(KeyId peer)
    {
        if (_peers.Remove(peer)) Log.PeerDown(_logger, peer, _peers.Count);
        _sync.OnDisconnected(peer);
        _healer.OnDisconnected(peer);
        PublishCounts();
    }

    private LinkMessage StatusMessage() => new()
    {
        Status = new PeerStatus
        {
            Head = _chain.Height.Value,
            Lowest = _seams.Blocks.Lowest.Value,
            HeadDigest = Google.Protobuf.ByteString.CopyFrom(_chain.Head.Header.Digest.Span),
        },
    };

    private void PublishCounts() => _publisher.Publish(new NodeCounts(
        _peers.Count, _pool.Count, _pool.Bytes, _chain.Next.TryIndexOf(_signer.Key, out _), _sync.IsBehind, _consensus.Alarm, _intake.Refused, _consensus.Round)
    {
        Lowest = _seams.Blocks.Lowest,
        Missing = _seams.Blocks.Missing,
        Healed = _healer.Healed,
    });
}
