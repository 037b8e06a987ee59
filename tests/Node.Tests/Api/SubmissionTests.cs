using System.Net;
using System.Text;
using Google.Protobuf;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Node.Tests.Configuration;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;
using LicenceChain.Sdk.Issuing;

namespace LicenceChain.Node.Tests.Api;

[Collection(RunningNetwork.Name)]
public sealed class SubmissionTests(RunningNetwork network) : IDisposable
{
    private readonly HttpClient _http = network.Http(1, TokenRoles.Issuer);

    [Theory]
    [InlineData("application/octet-stream")]
    [InlineData("application/x-protobuf")]
    [InlineData("application/json")]
    public async Task Transaction_is_taken_in_each_form_and_its_receipt_told(string form)
    {
        var transaction = Issue();
        var (status, body) = await _http.JsonAsync(HttpMethod.Post, "v1/transactions?wait=true", Body(form, transaction, wait: true));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(Refusal.Ok, body.Code());
        Assert.Equal(transaction.Id.ToString(), body.GetProperty("transactionId").GetString());
        Assert.True(body.GetProperty("height").GetUInt64() > 0);
    }

    [Fact]
    public async Task Transaction_that_nobody_waits_for_is_pending_and_found_later()
    {
        var transaction = Issue();
        var (status, body) = await _http.JsonAsync(HttpMethod.Post, "v1/transactions", Body("application/octet-stream", transaction, wait: false));
        Assert.Equal((HttpStatusCode.Accepted, "PENDING"), (status, body.Code()));

        var (waiting, early) = await _http.JsonAsync(HttpMethod.Get, $"v1/transactions/{transaction.Id}");
        Assert.True((waiting, early.Code()) is (HttpStatusCode.Accepted, "PENDING") or (HttpStatusCode.OK, Refusal.Ok));

        await network.CommitAsync(Issue()); // a later one is committed, so the first one is too: members' queues are in order
        var (found, reply) = await _http.JsonAsync(HttpMethod.Get, $"v1/transactions/{transaction.Id}");
        Assert.Equal((HttpStatusCode.OK, Refusal.Ok), (found, reply.Code()));
    }

    [Fact]
    public async Task Transaction_and_receipt_are_proven_under_the_anchor()
    {
        var transaction = Issue();
        await network.CommitAsync(transaction);
        var message = await _http.ProtobufAsync(HttpMethod.Get, $"v1/transactions/{transaction.Id}/proof", LicenceProofMessage.Parser);

        Assert.True(LicenceProof.TryFrom(message, out var proof));
        var facts = proof.Verify(network.Directory.Anchor);
        Assert.NotNull(facts);
        Assert.Equal(transaction.Id, Assert.Single(facts.Transactions).Transaction.Id);
    }

    [Fact]
    public async Task Refused_transaction_is_told_its_code()
    {
        var transaction = Issue();
        await network.CommitAsync(transaction);
        await AssertRefusedAsync(TransactionCodes.Replayed, transaction.Bytes.ToArray());
        await AssertRefusedAsync(TransactionCodes.Malformed, [1, 2, 3]);
        await AssertRefusedAsync(TransactionCodes.WrongChain, new TransactionFactory(ChainId.Parse("another-chain"), Key()).Issue(network.Content.Prepare().Argument, network.Soon).Bytes.ToArray());
        await AssertRefusedAsync(TransactionCodes.TooFarAhead, network.Content.Issuing.Issue(network.Content.Prepare().Argument, new Height(1_000_000)).Bytes.ToArray());
        await AssertRefusedAsync(TransactionCodes.UnknownMethod, network.Transactions(Key()).Sign("licences", "frobnicate", new IssueLicence(), network.Soon).Bytes.ToArray());
        await AssertRefusedAsync(TransactionCodes.MissingRole, network.Transactions(network.Officer(SamplePlan.Auditor, "audit")).Issue(network.Content.Prepare().Argument, network.Soon).Bytes.ToArray());
    }

    [Fact]
    public async Task Changed_transaction_has_no_good_signature()
    {
        var bytes = Issue().Bytes.ToArray();
        bytes[^1] ^= 1;
        await AssertRefusedAsync(TransactionCodes.BadSignature, bytes);
    }

    [Fact]
    public async Task Refusal_of_a_contract_comes_with_its_receipt()
    {
        var licence = await network.Content.IssueAsync();
        var again = network.Content.Issuing.Issue(licence.Argument, network.Soon);
        var reply = await _http.ProtobufAsync(HttpMethod.Post, "v1/transactions", SubmitReply.Parser, Body(Rest.Protobuf, again, wait: true));

        Assert.StartsWith("LC-LIC-", reply.Code, StringComparison.Ordinal);
        Assert.True(Receipt.TryParse(reply.Receipt.Memory, out var receipt));
        Assert.Equal(reply.Code, receipt.Code);
    }

    [Fact]
    public async Task Refusal_is_a_result_for_a_client_of_messages()
    {
        var reply = await _http.ProtobufAsync(HttpMethod.Post, "v1/transactions", SubmitReply.Parser, Rest.Bytes([9], "application/octet-stream"));
        Assert.Equal(TransactionCodes.Malformed, reply.Code);
    }

    [Theory]
    [InlineData("application/json", "{\"transaction\": 7}", HttpStatusCode.BadRequest, "LC-API-002")]
    [InlineData("application/json", "{", HttpStatusCode.BadRequest, "LC-API-002")]
    [InlineData("application/x-protobuf", "no message", HttpStatusCode.BadRequest, "LC-API-002")]
    [InlineData("text/plain", "x", HttpStatusCode.UnsupportedMediaType, "LC-API-009")]
    public async Task Body_that_cannot_be_read_is_a_problem(string mediaType, string text, HttpStatusCode status, string code)
    {
        var (answered, body) = await _http.JsonAsync(HttpMethod.Post, "v1/transactions", Rest.Bytes(Encoding.UTF8.GetBytes(text), mediaType));
        Assert.Equal((status, code), (answered, body.Code()));
    }

    [Fact]
    public async Task Wait_that_is_neither_true_nor_false_is_a_problem()
    {
        var (status, body) = await _http.JsonAsync(HttpMethod.Post, "v1/transactions?wait=perhaps", Body("application/octet-stream", Issue(), wait: false));
        Assert.Equal((HttpStatusCode.BadRequest, "LC-API-026"), (status, body.Code()));
    }

    [Fact]
    public async Task Body_over_the_limit_is_not_read()
    {
        var (status, body) = await _http.JsonAsync(HttpMethod.Post, "v1/transactions", Rest.Bytes(new byte[400 * 1024], "application/octet-stream"));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "LC-API-008"), (status, body.Code()));
    }

    [Theory]
    [InlineData("v1/transactions/xyz", HttpStatusCode.BadRequest, "LC-API-021")]
    [InlineData("v1/transactions/00000000000000000000000000000000000000000000000000000000000000aa", HttpStatusCode.NotFound, "LC-API-023")]
    [InlineData("v1/transactions/00000000000000000000000000000000000000000000000000000000000000aa/proof", HttpStatusCode.NotFound, "LC-API-023")]
    public async Task Transaction_that_is_not_there_is_a_problem(string path, HttpStatusCode status, string code)
    {
        var (answered, body) = await _http.JsonAsync(HttpMethod.Get, path);
        Assert.Equal((status, code), (answered, body.Code()));
    }

    public void Dispose() => _http.Dispose();

    private Protocol.Cryptography.Sm2PrivateKey Key() => network.Officer(SamplePlan.ShanghaiAgency, "issue");

    private SignedTransaction Issue() => network.Content.Issuing.Issue(network.Content.Prepare().Argument, network.Soon);

    private async Task AssertRefusedAsync(string code, byte[] transaction)
    {
        var (status, body) = await _http.JsonAsync(HttpMethod.Post, "v1/transactions?wait=true", Rest.Bytes(transaction, "application/octet-stream"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, code), (status, body.Code()));
    }

    private static HttpContent Body(string form, SignedTransaction transaction, bool wait) => form switch
    {
        "application/octet-stream" => Rest.Bytes(transaction.Bytes.ToArray(), form),
        "application/x-protobuf" => Rest.Message(new SubmitRequest { Transaction = ByteString.CopyFrom(transaction.Bytes.Span), Wait = wait }),
        _ => Rest.Json($"{{\"transaction\": \"{Convert.ToBase64String(transaction.Bytes.Span)}\", \"wait\": {(wait ? "true" : "false")}}}"),
    };
}
