using LicenceChain.Consensus.Messages;
using LicenceChain.Node.Divergence;
using LicenceChain.Node.Healing;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Mempool;
using LicenceChain.Node.Snapshots;
using LicenceChain.Node.Sync;
using LicenceChain.Protocol.Encoding;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Standings;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Network;

/// <summary>Turns what a peer sent into events, at the edge: every part parsed and bounded before the loop sees it.</summary>
internal static class LinkInbox
{
    /// <summary>The event; throws <see cref="LinkRefusedException"/> for what a correct peer never sends.</summary>
    public static NodeEvent Read(KeyId peer, LinkMessage message) => message.ContentCase switch
    {
        LinkMessage.ContentOneofCase.Consensus => ReadConsensus(peer, message.Consensus.Memory),
        LinkMessage.ContentOneofCase.Transactions => ReadTransactions(peer, message.Transactions),
        LinkMessage.ContentOneofCase.Status => new NodeEvent.PeerStatusReceived(peer, new Height(message.Status.Head), new Height(message.Status.Lowest)),
        LinkMessage.ContentOneofCase.BlockRequest => new NodeEvent.BlocksRequested(
            peer, new Height(message.BlockRequest.From), (int)uint.Min(message.BlockRequest.Count, SyncLimits.MaxBlocks)),
        LinkMessage.ContentOneofCase.BlockResponse => new NodeEvent.BlocksReceived(peer, ReadBlocks(message.BlockResponse, SyncLimits.MaxBlocks)),
        LinkMessage.ContentOneofCase.HealRequest => new NodeEvent.HealingRequested(
            peer, new Height(message.HealRequest.From), (int)uint.Min(message.HealRequest.Count, HealingLimits.MaxBlocks)),
        LinkMessage.ContentOneofCase.HealResponse => new NodeEvent.HealingReceived(peer, ReadBlocks(message.HealResponse, HealingLimits.MaxBlocks)),
        LinkMessage.ContentOneofCase.SnapshotQuery => new NodeEvent.SnapshotQueried(peer),
        LinkMessage.ContentOneofCase.SnapshotOffer => ReadSnapshotOffer(peer, message.SnapshotOffer.Manifest.Memory),
        LinkMessage.ContentOneofCase.SnapshotChunkRequest => new NodeEvent.SnapshotChunkRequested(
            peer, new Height(message.SnapshotChunkRequest.Height), (int)uint.Min(message.SnapshotChunkRequest.Index, SnapshotLimits.MaxChunks)),
        LinkMessage.ContentOneofCase.SnapshotChunk => ReadSnapshotChunk(peer, message.SnapshotChunk),
        LinkMessage.ContentOneofCase.Standing => ReadStanding(peer, message.Standing),
        LinkMessage.ContentOneofCase.TraceRequest => ReadTraceRequest(peer, message.TraceRequest),
        LinkMessage.ContentOneofCase.TraceReply => TracePage.TryFrom(message.TraceReply, out var page) ? new NodeEvent.TraceReceived(peer, page) : throw new LinkRefusedException("malformed-trace"),
        _ => throw new LinkRefusedException("unexpected-message"),
    };

    private static NodeEvent.ConsensusReceived ReadConsensus(KeyId peer, ReadOnlyMemory<byte> bytes) =>
        bytes.Length <= ProtocolLimits.MaxMessageBytes && MessageVerifier.TryPeekHeight(bytes, out var height)
            ? new NodeEvent.ConsensusReceived(peer, height, bytes)
            : throw new LinkRefusedException("malformed-consensus");

    private static NodeEvent.TransactionsGossiped ReadTransactions(KeyId peer, TransactionGossip gossip)
    {
        if (gossip.Transactions.Count > MempoolLimits.GossipTransactions) throw new LinkRefusedException("too-many-transactions");
        var transactions = new SignedTransaction[gossip.Transactions.Count];
        for (var i = 0; i < transactions.Length; i++)
            if (!SignedTransaction.TryParse(gossip.Transactions[i].Memory, out transactions[i]!, out _))
                throw new LinkRefusedException("malformed-transaction");
        return new NodeEvent.TransactionsGossiped(peer, transactions);
    }

    private static ReadOnlyMemory<byte>[] ReadBlocks(BlockResponse response, int most)
    {
        if (response.Blocks.Count > most) throw new LinkRefusedException("too-many-blocks");
        var blocks = new ReadOnlyMemory<byte>[response.Blocks.Count];
        for (var i = 0; i < blocks.Length; i++) blocks[i] = response.Blocks[i].Memory;
        return blocks;
    }

    private static NodeEvent.SnapshotOffered ReadSnapshotOffer(KeyId peer, ReadOnlyMemory<byte> manifest) =>
        manifest.Length <= SnapshotLimits.MaxManifestBytes ? new NodeEvent.SnapshotOffered(peer, manifest) : throw new LinkRefusedException("oversize-manifest");

    private static NodeEvent.SnapshotChunkReceived ReadSnapshotChunk(KeyId peer, SnapshotChunk chunk) =>
        chunk.Content.Length <= SnapshotLimits.MaxChunkBytes
            ? new NodeEvent.SnapshotChunkReceived(peer, new Height(chunk.Height), (int)uint.Min(chunk.Index, SnapshotLimits.MaxChunks), chunk.Content.Memory)
            : throw new LinkRefusedException("oversize-chunk");

    private static NodeEvent.TraceRequested ReadTraceRequest(KeyId peer, TraceRequest request) =>
        Hash256.TryFrom(request.Digest.Span, out var digest) && request.From < ProtocolLimits.MaxBlockTransactions
            ? new NodeEvent.TraceRequested(peer, new Height(request.Height), digest, (int)request.From)
            : throw new LinkRefusedException("malformed-trace-request");

    // Each says it of itself, and the link has proven who that is: what is said of another is dropped (StandingKeeper), and the signature is checked by those to whom it is shown.
    private static NodeEvent.StandingReceived ReadStanding(KeyId peer, SignedStandingMessage message) =>
        SignedStanding.TryFrom(message, out var standing)
            ? new NodeEvent.StandingReceived(peer, standing)
            : throw new LinkRefusedException("malformed-standing");
}
