using Google.Protobuf;
using LicenceChain.Hosting.Grpc;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Tests.Api;

[Collection(RunningNetwork.Name)]
public sealed class GrpcTests(RunningNetwork network) : IDisposable
{
    private const string Service = "/licencechain.v1.LicenceChain/";

    private readonly GrpcChannel _channel = network.Grpc(1);

    [Fact]
    public async Task Status_takes_no_token_and_everything_else_does()
    {
        var status = await _channel.UnaryAsync(Service + "Status", new StatusRequest(), StatusReply.Parser);
        Assert.Equal("test-chain", status.ChainId);

        var refused = await Assert.ThrowsAsync<GrpcException>(() => _channel.UnaryAsync(Service + "Query", new QueryRequest { Kind = "parameters", Id = "current" }, QueryReply.Parser));
        Assert.Equal(GrpcStatus.Unauthenticated, refused.Status);
        var forbidden = await Assert.ThrowsAsync<GrpcException>(() =>
            _channel.UnaryAsync(Service + "Submit", new SubmitRequest(), SubmitReply.Parser, network.Call(TokenRoles.Auditor)));
        Assert.Equal(GrpcStatus.PermissionDenied, forbidden.Status);
    }

    [Fact]
    public async Task Submission_is_answered_when_it_is_committed()
    {
        var reply = await _channel.UnaryAsync(Service + "Submit", Request(Issue()), SubmitReply.Parser, network.Call(TokenRoles.Issuer));
        Assert.Equal(Refusal.Ok, reply.Code);
        Assert.True(reply.Height > 0);
    }

    [Fact]
    public async Task Stream_keeps_many_submissions_in_flight_and_answers_each()
    {
        const int count = 60;
        var transactions = Enumerable.Range(0, count).Select(_ => Issue()).ToList();
        using var call = _channel.Duplex<SubmitRequest, SubmitReply>(Service + "SubmitStream", SubmitReply.Parser, network.Call(TokenRoles.Issuer));
        foreach (var transaction in transactions) call.Requests.Write(Request(transaction));
        call.Requests.Write(new SubmitRequest { Transaction = ByteString.CopyFrom(7), Wait = true });
        await call.Requests.FlushAsync(CancellationToken.None);
        await call.CompleteAsync(CancellationToken.None);

        var replies = new List<SubmitReply>();
        await foreach (var reply in call.Responses.ReadAllAsync(CancellationToken.None)) replies.Add(reply);

        Assert.Equal(count + 1, replies.Count);
        Assert.Equal(TransactionCodes.Malformed, Assert.Single(replies, r => r.TransactionId.IsEmpty).Code);
        var committed = replies.Where(r => r.Code == Refusal.Ok).ToList();
        Assert.Equal(transactions.Select(t => t.Id.ToString()).Order(), committed.Select(r => Convert.ToHexStringLower(r.TransactionId.Span)).Order());
        Assert.True(committed.Select(r => r.Height).Distinct().Count() < count, "Transactions in flight together share blocks.");
    }

    [Fact]
    public async Task Query_finds_a_record_and_says_where_there_is_none()
    {
        var found = await _channel.UnaryAsync(Service + "Query", new QueryRequest { Kind = "matter", Id = ChainContent.Matter }, QueryReply.Parser, network.Call(TokenRoles.Verifier));
        Assert.Equal("320000", MatterRecord.Parser.ParseFrom(found.Value).Region);
        var absent = await _channel.UnaryAsync(Service + "Query", new QueryRequest { Kind = "matter", Id = "none" }, QueryReply.Parser, network.Call(TokenRoles.Verifier));
        Assert.False(absent.Found);
        var wrong = await Assert.ThrowsAsync<GrpcException>(() =>
            _channel.UnaryAsync(Service + "Query", new QueryRequest { Kind = "secret", Id = "x" }, QueryReply.Parser, network.Call(TokenRoles.Verifier)));
        Assert.Equal(GrpcStatus.InvalidArgument, wrong.Status);
        Assert.Contains("LC-API-020", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proofs_verify_under_the_anchor()
    {
        var transaction = Issue();
        await network.CommitAsync(transaction);
        var state = await _channel.UnaryAsync(Service + "Prove", new ProveRequest { Keys = { ByteString.CopyFrom(StateKeys.Parameters.Span) } }, LicenceProofMessage.Parser, network.Call(TokenRoles.Verifier));
        var receipt = await _channel.UnaryAsync(
            Service + "ProveTransaction", new ProveTransactionRequest { TransactionId = ByteString.CopyFrom(transaction.Id.Value.Span) }, LicenceProofMessage.Parser, network.Call(TokenRoles.Verifier));
        foreach (var message in new[] { state, receipt })
        {
            Assert.True(LicenceProof.TryFrom(message, out var proof));
            Assert.NotNull(proof.Verify(network.Directory.Anchor));
        }
    }

    [Fact]
    public async Task Transaction_that_is_not_there_is_not_found()
    {
        var missing = await Assert.ThrowsAsync<GrpcException>(() => _channel.UnaryAsync(
            Service + "ProveTransaction", new ProveTransactionRequest { TransactionId = ByteString.CopyFrom([.. Enumerable.Repeat((byte)1, 32)]) }, LicenceProofMessage.Parser, network.Call(TokenRoles.Verifier)));
        Assert.Equal(GrpcStatus.NotFound, missing.Status);
    }

    [Fact]
    public async Task Blocks_and_headers_come_from_any_height_without_a_gap()
    {
        await network.Content.IssueAsync();
        var heights = new List<ulong>();
        await foreach (var message in _channel.ServerStreamingAsync(Service + "Blocks", new BlocksRequest { From = 1, Limit = 3 }, CommittedBlockMessage.Parser, network.Call(TokenRoles.Verifier)))
        {
            Assert.True(CommittedBlock.TryParse(message.ToByteArray(), out var block));
            heights.Add(block.Block.Header.Height.Value);
        }

        Assert.Equal([1ul, 2, 3], heights);
        var headers = new List<ulong>();
        await foreach (var entry in _channel.ServerStreamingAsync(Service + "Headers", new BlocksRequest { From = 2, Limit = 2 }, HeaderEntry.Parser, network.Call(TokenRoles.Verifier)))
        {
            Assert.True(BlockHeader.TryParse(entry.Header.Memory, out var header));
            headers.Add(header.Height.Value);
        }

        Assert.Equal([2ul, 3], headers);
    }

    [Fact]
    public async Task Events_are_followed_as_they_are_committed()
    {
        var from = network.Node(1).Node.Queries.Status.Height.Value + 1;
        var licence = network.Content.Prepare();
        using var patience = new CancellationTokenSource(RunningNetwork.Patience);
        var submitted = false;
        var request = new EventsRequest { From = from, Types_ = { "licence.issued" }, Follow = true };
        var events = _channel.ServerStreamingAsync(Service + "Events", request, EventEntry.Parser, network.Call(TokenRoles.Verifier), patience.Token).GetAsyncEnumerator(patience.Token);
        var next = events.MoveNextAsync();
        while (true)
        {
            if (!submitted) await network.CommitAsync(network.Content.Issuing.Issue(licence.Argument, network.Soon));
            submitted = true;
            Assert.True(await next);
            if (events.Current.Event.Subject == licence.Argument.Id) break;
            next = events.MoveNextAsync();
        }

        await events.DisposeAsync();
    }

    public void Dispose() => _channel.Dispose();

    private SignedTransaction Issue() => network.Content.Issuing.Issue(network.Content.Prepare().Argument, network.Soon);

    private static SubmitRequest Request(SignedTransaction transaction) => new() { Transaction = ByteString.CopyFrom(transaction.Bytes.Span), Wait = true };
}
