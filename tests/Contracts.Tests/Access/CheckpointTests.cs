using Google.Protobuf;
using LicenceChain.Contracts.Access;
using LicenceChain.Contracts.Tests.Support;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Contracts.Tests.Access;

public sealed class CheckpointTests
{
    private static readonly string Origin = $"{Cast.ShanghaiBureau}/verifier";
    private static readonly Hash256[] Leaves = [.. Enumerable.Range(0, 20).Select(i => MerkleTree.LeafHash([(byte)i]))];

    private readonly TestChain _chain = new();

    [Fact]
    public void Log_that_grew_is_anchored_again_and_again()
    {
        var last = 0;
        foreach (var size in (int[])[1, 2, 7, 8, 20])
        {
            var receipt = _chain.MustRun(Cast.Service, "access", "checkpoint", Anchor(last, size));
            Assert.Equal(("checkpoint.anchored", Origin), (receipt.Events[0].Type, receipt.Events[0].Subject));
            last = size;
        }

        var record = _chain.Find(StateKeys.Checkpoint(Origin), CheckpointRecord.Parser)!;
        Assert.Equal((20ul, _chain.Height.Value, _chain.Now.Milliseconds), (record.Size, record.Height, record.TimeMs));
    }

    [Fact]
    public void Log_that_did_not_grow_is_refused()
    {
        _chain.MustRun(Cast.Service, "access", "checkpoint", Anchor(0, 7));
        Refuses(AccessCodes.NotGrown, Anchor(0, 7));
        Refuses(AccessCodes.NotGrown, Anchor(0, 5));
    }

    [Fact]
    public void Empty_log_has_no_checkpoint() => Refuses(AccessCodes.NotGrown, Anchor(0, 0));

    [Fact]
    public void Rewritten_log_is_refused()
    {
        _chain.MustRun(Cast.Service, "access", "checkpoint", Anchor(0, 7));
        Hash256[] rewritten = [MerkleTree.LeafHash([99]), .. Leaves[1..]];
        Refuses(AccessCodes.Inconsistent, Anchor(7, 12, rewritten));
    }

    [Fact]
    public void Consistency_path_of_another_size_is_refused()
    {
        _chain.MustRun(Cast.Service, "access", "checkpoint", Anchor(0, 7));
        Refuses(AccessCodes.Inconsistent, Anchor(6, 12));
        var without = Anchor(7, 12);
        without.Consistency.Clear();
        Refuses(AccessCodes.Inconsistent, without);
    }

    [Fact]
    public void Hashes_have_thirty_two_bytes_and_the_path_is_bounded()
    {
        var root = Anchor(0, 7);
        root.Root = ByteString.CopyFrom(new byte[32]);
        Refuses(AccessCodes.BadHash, root);
        var path = Anchor(0, 7);
        path.Consistency.Add(ByteString.CopyFrom(new byte[31]));
        Refuses(AccessCodes.BadHash, path);
        var endless = Anchor(0, 7);
        endless.Consistency.AddRange(Enumerable.Repeat(Samples.Digest("x"), MerkleTree.MaxPathLength + 2));
        Refuses(AccessCodes.BadHash, endless);
    }

    [Theory]
    [InlineData("")]
    [InlineData("verifier")]
    [InlineData("/verifier")]
    public void Origin_is_an_organisation_and_a_log(string origin)
    {
        var anchor = Anchor(0, 7);
        anchor.Origin = origin;
        Refuses(AccessCodes.BadOrigin, anchor);
    }

    [Fact]
    public void Origin_needs_the_name_of_a_log()
    {
        var anchor = Anchor(0, 7);
        anchor.Origin = $"{Cast.ShanghaiBureau}/";
        Refuses(AccessCodes.BadOrigin, anchor);
    }

    [Fact]
    public void Member_anchors_its_own_logs_only() =>
        _chain.Refuses(AccessCodes.OtherOrigin, Cast.AuditorService, "access", "checkpoint", Anchor(0, 7));

    [Fact]
    public void Only_a_service_key_anchors() => _chain.Refuses(TransactionCodes.MissingRole, Cast.Verifier, "access", "checkpoint", Anchor(0, 7));

    private void Refuses(string code, AnchorCheckpoint anchor) => _chain.Refuses(code, Cast.Service, "access", "checkpoint", anchor);

    private static AnchorCheckpoint Anchor(int from, int to, Hash256[]? leaves = null)
    {
        var now = (leaves ?? Leaves)[..to];
        return new AnchorCheckpoint
        {
            Origin = Origin,
            Size = (ulong)to,
            Root = ByteString.CopyFrom(MerkleTree.Root(now).Span),
            Consistency = { MerkleTree.ConsistencyPath(now, from).Select(h => ByteString.CopyFrom(h.Span)) },
        };
    }
}
