using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;
using LicenceChain.Sdk.Client;
using LicenceChain.Sdk.Issuing;
using LicenceChain.Sdk.Tests.Support;

namespace LicenceChain.Sdk.Tests.Client;

public sealed class LicenceChainClientTests
{
    private readonly FakeNode _node = new();
    private readonly SignedTransaction _transaction = new TransactionFactory(Ledger.Chain, Keys.Of(1)).Revoke("x", "fraud", new Height(9));

    [Fact]
    public async Task A_committed_transaction_comes_back_with_its_receipt()
    {
        using var client = _node.Then(Committed(Refusal.Ok)).Client();
        var result = await client.SubmitAsync(_transaction);
        Assert.True(result.Applied);
        Assert.Equal(new Height(7), result.Height);
        Assert.Equal(_transaction.Id, result.Receipt!.Transaction);
    }

    [Fact]
    public async Task A_refusal_is_a_result_whether_it_comes_as_a_reply_or_as_a_problem()
    {
        using var client = _node.Then(new SubmitReply { Code = TransactionCodes.Expired, Detail = "late" }).ThenProblem(422, TransactionCodes.BadSignature).Client();
        Assert.Equal(TransactionCodes.Expired, (await client.SubmitAsync(_transaction)).Code);
        Assert.Equal(TransactionCodes.BadSignature, (await client.SubmitAsync(_transaction)).Code);
    }

    [Fact]
    public async Task A_lost_answer_is_repaired_by_submitting_again_and_fetching_the_receipt()
    {
        using var client = _node.ThenNothing().Then(new SubmitReply { Code = TransactionCodes.Replayed, Detail = "known" }).Then(Committed(Refusal.Ok)).Client();
        Assert.True((await client.SubmitAsync(_transaction)).Applied);
        Assert.Equal(["POST /v1/transactions", "POST /v1/transactions", $"GET /v1/transactions/{_transaction.Id}"], _node.Asked.Select(a => a.Line));
    }

    [Fact]
    public async Task One_that_waits_in_the_mempool_already_is_waited_for()
    {
        using var client = _node.Then(new SubmitReply { Code = TransactionCodes.AlreadyPending }).ThenProblem(404, "LC-API-023").Then(Committed(Refusal.Ok)).Client();
        Assert.True((await client.SubmitAsync(_transaction)).Applied);
    }

    [Fact]
    public async Task Somebody_elses_receipt_is_not_taken()
    {
        var other = new TransactionFactory(Ledger.Chain, Keys.Of(1)).Revoke("y", "fraud", new Height(9));
        using var client = _node.Then(Committed(Refusal.Ok, other.Id)).Client();
        await Refused(SdkCodes.BadAnswer, () => client.SubmitAsync(_transaction));
    }

    [Fact]
    public async Task What_fails_in_passing_is_tried_again_up_to_the_bound()
    {
        using var client = _node.ThenProblem(503, "LC-API-011").ThenNothing().Then(new StatusReply { Height = 5 }).Client(attempts: 3);
        Assert.Equal(5UL, (await client.GetStatusAsync()).Height);
        _node.ThenNothing().ThenNothing().ThenNothing();
        await Refused(SdkCodes.Unreachable, () => client.GetStatusAsync());
        Assert.Equal(6, _node.Asked.Count);
    }

    [Fact]
    public async Task A_release_is_asked_for_once_only()
    {
        using var client = _node.ThenNothing().Client();
        await Refused(SdkCodes.Unreachable, () => client.ReleaseAsync(new VaultRequest()));
        Assert.Single(_node.Asked);
    }

    [Fact]
    public async Task An_error_carries_the_code_of_its_problem_document()
    {
        using var client = _node.ThenProblem(403, "LC-API-005").Then(_ => new HttpResponseMessage(System.Net.HttpStatusCode.BadGateway) { Content = new StringContent("<html>") }).Client(attempts: 1);
        await Refused("LC-API-005", () => client.GetStatusAsync());
        await Refused(SdkCodes.Failed, () => client.GetStatusAsync());
    }

    [Fact]
    public async Task A_record_that_is_not_there_is_null()
    {
        using var client = _node.Then(new QueryReply { Found = false }).ThenProblem(404, "LC-API-022").Client();
        Assert.Null(await client.GetMatterAsync("school-enrolment"));
        Assert.Null(await client.GetMatterAsync("school-enrolment"));
    }

    [Fact]
    public async Task A_record_is_read_canonically_and_ids_with_a_slash_are_escaped()
    {
        var record = new CheckpointRecord { Origin = "a/b", Size = 3 };
        using var client = _node.Then(new QueryReply { Found = true, Height = 4, Value = record.ToByteString() }).Then(new QueryReply { Found = true, Value = ByteString.CopyFrom([0x10, 0x00]) }).Client();
        Assert.Equal(new StateEntry<CheckpointRecord>(new Height(4), record), await client.GetCheckpointAsync("a/b"));
        Assert.Equal("GET /v1/state/checkpoint/a%2Fb", _node.Asked[0].Line);
        await Refused(SdkCodes.BadAnswer, () => client.GetCheckpointAsync("a/b"));
    }

    [Fact]
    public async Task A_proof_is_taken_as_it_came_and_verified_by_whoever_asked()
    {
        var ledger = new Ledger();
        ledger.Close();
        using var client = _node.Then(ledger.Prove(StateKeys.Parameters).Message).Client();
        Assert.NotNull((await client.ProveAsync([StateKeys.Parameters])).Verify(ledger.Anchor));
    }

    [Fact]
    public async Task A_page_of_headers_is_read_and_no_more_than_asked_is_taken()
    {
        var ledger = new Ledger();
        for (var i = 0; i < 3; i++) ledger.Close();
        using var client = _node.Then(_ => FakeNode.Bytes(Page(ledger))).Then(_ => FakeNode.Bytes(Page(ledger))).Client();
        Assert.Equal(ledger.Head.Header.Digest, (await client.GetHeadersAsync(new Height(1), 10))[^1].Header.Digest);
        await Refused(SdkCodes.BadAnswer, () => client.GetHeadersAsync(new Height(1), 2));
    }

    [Fact]
    public async Task Bytes_that_are_no_answer_are_refused_and_never_crash_it()
    {
        using var client = _node.Client(attempts: 1);
        var ledger = new Ledger();
        ledger.Close();
        var sound = Page(ledger);
        await Task.Run(() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<int>(), (noise, at) =>
        {
            var changed = (byte[])sound.Clone();
            for (var i = 0; i < noise.Length; i++) changed[(uint)(at + i) % (uint)changed.Length] ^= noise[i];
            _node.Then(_ => FakeNode.Bytes(changed));
            var failed = Record.ExceptionAsync(() => client.GetHeadersAsync(new Height(1), 10)).GetAwaiter().GetResult();
            return failed is null or LicenceChainException { Code: SdkCodes.BadAnswer };
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300)));
    }

    private static byte[] Page(Ledger ledger)
    {
        using var page = new MemoryStream();
        foreach (var one in ledger.Headers)
            new HeaderEntry { Header = ByteString.CopyFrom(one.Header.Bytes.Span), Certificate = ByteString.CopyFrom(one.Certificate!.Bytes.Span) }.WriteDelimitedTo(page);
        return page.ToArray();
    }

    private static async Task Refused(string code, Func<Task> call) => Assert.Equal(code, (await Assert.ThrowsAsync<LicenceChainException>(call)).Code);

    private SubmitReply Committed(string code, TransactionId? id = null)
    {
        var receipt = Receipt.ForApplied(id ?? _transaction.Id, []);
        return new SubmitReply { TransactionId = ByteString.CopyFrom(_transaction.Id.Value.Span), Code = code, Height = 7, Index = 2, Receipt = ByteString.CopyFrom(receipt.Bytes.Span) };
    }
}
