using LicenceChain.Consensus.Messages;
using LicenceChain.Node.Divergence;
using LicenceChain.Node.Mempool;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Standings;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Loop;

/// <summary>Something that happened to a node. <see cref="NodeLoop.Handle"/> takes them one at a time.</summary>
internal abstract record NodeEvent
{
    /// <summary>The first event: resume.</summary>
    public sealed record Started : NodeEvent;

    /// <summary>Nothing else is waiting: what was gathered goes out now.</summary>
    public sealed record QueueDrained : NodeEvent
    {
        /// <summary>The one there is.</summary>
        public static QueueDrained Instance { get; } = new();
    }

    /// <summary>The last event: tell who waits.</summary>
    public sealed record Stopping : NodeEvent;

    /// <summary>A timer ran out.</summary>
    public sealed record TimerFired(TimerId Timer) : NodeEvent;

    /// <summary>T1: a client submits.</summary>
    public sealed record TransactionSubmitted(SignedTransaction Transaction, Submission Submission) : NodeEvent;

    /// <summary>T5 at the other end: a peer gossips.</summary>
    public sealed record TransactionsGossiped(KeyId Peer, IReadOnlyList<SignedTransaction> Transactions) : NodeEvent;

    /// <summary>T3: a worker checked signatures.</summary>
    public sealed record TransactionsVerified(IReadOnlyList<IncomingTransaction> Transactions, IReadOnlyList<bool> Results) : NodeEvent;

    /// <summary>A peer's consensus message, not yet verified.</summary>
    public sealed record ConsensusReceived(KeyId Peer, Height Height, ReadOnlyMemory<byte> Message) : NodeEvent;

    /// <summary>A worker verified a consensus message; null when it does not hold.</summary>
    public sealed record ConsensusVerified(KeyId Peer, VerifiedMessage? Message, string Reason) : NodeEvent;

    /// <summary>A worker checked what a proposed block brings signed.</summary>
    public sealed record BlockSignaturesChecked(Block Block, string? Failure) : NodeEvent;

    /// <summary>A link is up: the peer's identity was proven.</summary>
    public sealed record PeerConnected(KeyId Peer) : NodeEvent;

    /// <summary>A peer could not be reached. Only a node that joins is told: it waits for nobody who is not there.</summary>
    public sealed record PeerUnreachable(KeyId Peer) : NodeEvent;

    /// <summary>A link is down.</summary>
    public sealed record PeerDisconnected(KeyId Peer) : NodeEvent;

    /// <summary>C-SYNC: where a peer stands.</summary>
    public sealed record PeerStatusReceived(KeyId Peer, Height Head, Height Lowest) : NodeEvent;

    /// <summary>C-SYNC: a peer lags.</summary>
    public sealed record BlocksRequested(KeyId Peer, Height From, int Count) : NodeEvent;

    /// <summary>C-SYNC: a worker read what a peer asked for.</summary>
    public sealed record BlocksRead(KeyId Peer, BlockResponse Response) : NodeEvent;

    /// <summary>C-SYNC: a peer answered; not yet verified.</summary>
    public sealed record BlocksReceived(KeyId Peer, IReadOnlyList<ReadOnlyMemory<byte>> Blocks) : NodeEvent;

    /// <summary>C-SYNC: a worker verified certificates. <paramref name="Blocks"/> are those that hold, ascending from the first.</summary>
    public sealed record BlocksVerified(KeyId Peer, IReadOnlyList<CommittedBlock> Blocks, bool AllHold) : NodeEvent;

    /// <summary>A peer asks for the newest snapshot.</summary>
    public sealed record SnapshotQueried(KeyId Peer) : NodeEvent;

    /// <summary>A peer asks for a chunk of a snapshot.</summary>
    public sealed record SnapshotChunkRequested(KeyId Peer, Height Height, int Index) : NodeEvent;

    /// <summary>A worker read what a peer asked for of a snapshot.</summary>
    public sealed record SnapshotPartRead(KeyId Peer, LinkMessage Answer) : NodeEvent;

    /// <summary>A peer offers a snapshot; not yet verified. Empty: none.</summary>
    public sealed record SnapshotOffered(KeyId Peer, ReadOnlyMemory<byte> Manifest) : NodeEvent;

    /// <summary>A peer sent a chunk; not yet verified. Empty: it holds it no longer.</summary>
    public sealed record SnapshotChunkReceived(KeyId Peer, Height Height, int Index, ReadOnlyMemory<byte> Content) : NodeEvent;

    /// <summary>C-ALARM: a peer says where it stands, and why it does not vote.</summary>
    public sealed record StandingReceived(KeyId Peer, SignedStanding Standing) : NodeEvent;

    /// <summary>C-ALARM: a peer diverges, or believes that this node does, and asks what a block came to here.</summary>
    public sealed record TraceRequested(KeyId Peer, Height Height, Hash256 Digest, int From) : NodeEvent;

    /// <summary>C-ALARM: a peer says what a block came to there.</summary>
    public sealed record TraceReceived(KeyId Peer, TracePage Page) : NodeEvent;

    /// <summary>A peer's disk damaged blocks of its own.</summary>
    public sealed record HealingRequested(KeyId Peer, Height From, int Count) : NodeEvent;

    /// <summary>A worker read what such a peer asked for.</summary>
    public sealed record HealingRead(KeyId Peer, BlockResponse Response) : NodeEvent;

    /// <summary>A peer answered with blocks that this node's disk damaged, the highest first; not yet checked.</summary>
    public sealed record HealingReceived(KeyId Peer, IReadOnlyList<ReadOnlyMemory<byte>> Blocks) : NodeEvent;

    /// <summary>A worker checked them. <paramref name="Blocks"/> are those that hold, descending.</summary>
    public sealed record HealingChecked(KeyId Peer, IReadOnlyList<CommittedBlock> Blocks, bool AllHold) : NodeEvent;

    /// <summary>A worker read stored blocks again.</summary>
    public sealed record BlocksScrubbed(Height Next, bool IsDone) : NodeEvent;

    /// <summary>A worker copied blocks to the archive; <paramref name="Failure"/> says why not.</summary>
    public sealed record SegmentArchived(Height First, Height Last, string? Failure) : NodeEvent;

    /// <summary>A worker failed in a way that none should: the node stops.</summary>
    public sealed record WorkFailed(Exception Cause) : NodeEvent;
}
