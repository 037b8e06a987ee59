using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using LicenceChain.Node.Divergence;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Mempool;
using LicenceChain.Node.Network;
using LicenceChain.Node.Snapshots;
using LicenceChain.Node.Sync;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Standings;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Tests.Network;

/// <summary>What a linked peer may say: one event for each message, or the end of the link. FsCheck prints the seed of a failure.</summary>
public sealed class LinkInboxTests
{
    private static readonly TestMember Member = new(1);
    private static readonly KeyId Peer = Member.Consensus.PublicKey.Id;
    private static readonly ReadOnlyMemory<byte> Transaction = Signed();

    [Fact]
    public void Each_message_becomes_the_event_that_it_tells_of()
    {
        Assert.Equal(new NodeEvent.PeerStatusReceived(Peer, new Height(7), new Height(2)), LinkInbox.Read(Peer, new LinkMessage { Status = new PeerStatus { Head = 7, Lowest = 2 } }));
        Assert.Equal(new NodeEvent.BlocksRequested(Peer, new Height(3), SyncLimits.MaxBlocks), LinkInbox.Read(Peer, new LinkMessage { BlockRequest = new BlockRequest { From = 3, Count = uint.MaxValue } }));
        var heard = Assert.IsType<NodeEvent.StandingReceived>(LinkInbox.Read(Peer, new LinkMessage { Standing = Standing("diverged") }));
        Assert.Equal((Peer, "diverged"), (heard.Peer, heard.Standing.Standing.Reason));
        Assert.True(heard.Standing.Verify());

        var gossip = new TransactionGossip { Transactions = { ByteString.CopyFrom(Transaction.Span) } };
        var gossiped = Assert.IsType<NodeEvent.TransactionsGossiped>(LinkInbox.Read(Peer, new LinkMessage { Transactions = gossip }));
        Assert.Equal(Transaction.ToArray(), Assert.Single(gossiped.Transactions).Bytes.ToArray());
    }

    [Fact]
    public void Any_change_of_a_frame_is_read_as_events_or_ends_the_link()
    {
        var sound = Frame().ToByteArray();
        Prop.ForAll(Changes(sound), changed =>
        {
            LinkFrame frame;
            try
            {
                frame = LinkFrame.Parser.ParseFrom(changed);
            }
            catch (InvalidProtocolBufferException)
            {
                return true; // the stream's reader ends the link
            }

            return frame.Messages.All(IsReadOrRefused);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void More_than_the_bounds_ends_the_link()
    {
        var gossip = new TransactionGossip();
        for (var i = 0; i <= MempoolLimits.GossipTransactions; i++) gossip.Transactions.Add(ByteString.CopyFrom(Transaction.Span));
        AssertRefused("too-many-transactions", new LinkMessage { Transactions = gossip });

        var blocks = new BlockResponse();
        for (var i = 0; i <= SyncLimits.MaxBlocks; i++) blocks.Blocks.Add(ByteString.Empty);
        AssertRefused("too-many-blocks", new LinkMessage { BlockResponse = blocks });

        AssertRefused("oversize-manifest", new LinkMessage { SnapshotOffer = new SnapshotOffer { Manifest = ByteString.CopyFrom(new byte[SnapshotLimits.MaxManifestBytes + 1]) } });
        AssertRefused("oversize-chunk", new LinkMessage { SnapshotChunk = new SnapshotChunk { Content = ByteString.CopyFrom(new byte[SnapshotLimits.MaxChunkBytes + 1]) } });
    }

    [Fact]
    public void Trace_beyond_its_bounds_ends_the_link()
    {
        Assert.IsType<NodeEvent.TraceReceived>(LinkInbox.Read(Peer, new LinkMessage { TraceReply = Trace() }));
        AssertRefused("malformed-trace", new LinkMessage { TraceReply = Changed(trace => trace.Count = 0) });
        AssertRefused("malformed-trace", new LinkMessage { TraceReply = Changed(trace => trace.Count = uint.MaxValue) });
        AssertRefused("malformed-trace", new LinkMessage { TraceReply = Changed(trace => trace.Transactions[0].Code = "a line\nof its own") });
        AssertRefused("malformed-trace", new LinkMessage
        {
            TraceReply = Changed(trace => trace.Transactions[0].Writes.AddRange(Enumerable.Repeat(trace.Transactions[0].Writes[0], TraceLimits.MaxPageWrites))),
        });
        AssertRefused("malformed-trace-request", new LinkMessage { TraceRequest = new TraceRequest { Digest = ByteString.CopyFrom(new byte[32]), From = uint.MaxValue } });

        static TraceReply Changed(Action<TraceReply> change)
        {
            var trace = Trace();
            change(trace);
            return trace;
        }
    }

    [Theory]
    [InlineData("Diverged")]
    [InlineData("a line\nof its own in the log")]
    [InlineData("a-reason-that-is-much-longer-than-any-code")]
    public void Alarm_reason_that_is_no_code_never_reaches_the_log(string reason) => AssertRefused("malformed-standing", new LinkMessage { Standing = Standing(reason) });

    [Fact]
    public void Standing_whose_detail_could_break_a_line_or_fill_a_disk_ends_the_link()
    {
        AssertRefused("malformed-standing", new LinkMessage { Standing = Standing("diverged", "a line\nof its own") });
        AssertRefused("malformed-standing", new LinkMessage { Standing = Standing("diverged", new string('x', StandingLimits.MaxDetail + 1)) });
    }

    [Fact]
    public void Message_of_the_handshake_or_of_no_kind_ends_the_link_once_it_stands()
    {
        AssertRefused("unexpected-message", new LinkMessage());
        AssertRefused("unexpected-message", new LinkMessage { Challenge = new LinkChallenge() });
        AssertRefused("unexpected-message", new LinkMessage { Identity = new LinkIdentity() });
        AssertRefused("malformed-transaction", new LinkMessage { Transactions = new TransactionGossip { Transactions = { ByteString.CopyFrom(1, 2, 3) } } });
        AssertRefused("malformed-consensus", new LinkMessage { Consensus = ByteString.CopyFrom(1, 2, 3) });
    }

    private static bool IsReadOrRefused(LinkMessage message)
    {
        try
        {
            return LinkInbox.Read(Peer, message) is not null;
        }
        catch (LinkRefusedException)
        {
            return true;
        }
    }

    private static void AssertRefused(string reason, LinkMessage message) =>
        Assert.Contains(reason, Assert.Throws<LinkRefusedException>(() => LinkInbox.Read(Peer, message)).Message, StringComparison.Ordinal);

    private static SignedStandingMessage Standing(string reason, string detail = "x")
    {
        var hash = ByteString.CopyFrom(new byte[32]);
        var message = new SignedStandingMessage
        {
            Standing = new StandingMessage { ChainId = "link-test", KeyId = ByteString.CopyFrom(Peer.Value.Span), Head = hash, ValidatorsHash = hash, Reason = reason, Detail = detail },
            PublicKey = ByteString.CopyFrom(Member.Consensus.PublicKey.Encoded),
        };
        Span<byte> signature = stackalloc byte[Sm2Signature.Size];
        Member.Consensus.Sign(SigningContext.Standing, message.Standing.ToByteArray(), signature);
        message.Signature = ByteString.CopyFrom(signature);
        return message;
    }

    private static TraceReply Trace() => new()
    {
        Height = 4,
        Digest = ByteString.CopyFrom(new byte[32]),
        Count = 1,
        Held = true,
        Transactions =
        {
            new TransactionTraceMessage
            {
                Receipt = ByteString.CopyFrom(new byte[32]), Code = "OK", Writes = { new TracedWriteMessage { Key = ByteString.CopyFromUtf8("c/x"), ValueHash = ByteString.CopyFrom(new byte[32]) } },
            },
        },
    };

    private static LinkFrame Frame() => new()
    {
        Messages =
        {
            new LinkMessage { Transactions = new TransactionGossip { Transactions = { ByteString.CopyFrom(Transaction.Span) } } },
            new LinkMessage { Status = new PeerStatus { Head = 9, Lowest = 1, HeadDigest = ByteString.CopyFrom(new byte[32]) } },
            new LinkMessage { BlockRequest = new BlockRequest { From = 4, Count = 3 } },
            new LinkMessage { BlockResponse = new BlockResponse { Blocks = { ByteString.CopyFrom(1, 2, 3) } } },
            new LinkMessage { Standing = Standing("diverged") },
            new LinkMessage { TraceRequest = new TraceRequest { Height = 4, Digest = ByteString.CopyFrom(new byte[32]), From = 2 } },
            new LinkMessage { TraceReply = Trace() },
            new LinkMessage { Consensus = new ConsensusMessage { Prepare = new VoteMessage { Type = VoteType.Prepare, Height = 5, Digest = ByteString.CopyFrom(new byte[32]) } }.ToByteString() },
        },
    };

    private static Arbitrary<byte[]> Changes(byte[] bytes) => Gen.Choose(0, bytes.Length - 1).SelectMany(at => Gen.Choose(1, 255).SelectMany(flip => Gen.Choose(0, bytes.Length).Select(length =>
    {
        byte[] changed = [.. bytes];
        changed[at] ^= (byte)flip;
        return length % 4 == 0 ? changed[..length] : changed;
    }))).ToArbitrary();

    private static ReadOnlyMemory<byte> Signed() => TransactionBuilder.Sign(
        ChainId.Parse("link-test"), "access", "checkpoint", new AnchorCheckpoint { Size = 1 }, Member.Service, new Height(9), new byte[SignedTransaction.UniqueIdSize]).Bytes;
}
