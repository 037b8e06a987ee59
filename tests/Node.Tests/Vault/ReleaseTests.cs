using System.Net;
using Google.Protobuf;
using LicenceChain.Contracts.Recognition;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Node.Tests.Api;
using LicenceChain.Node.Tests.Configuration;
using LicenceChain.Node.Vault;
using LicenceChain.Protocol.Credentials;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Merkle;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.Transactions;
using LicenceChain.Protocol.Vault;

namespace LicenceChain.Node.Tests.Vault;

[Collection(RunningNetwork.Name)]
public sealed class ReleaseTests(RunningNetwork network)
{
    [Fact]
    public async Task Vault_releases_exactly_the_granted_attributes_to_the_requester_alone()
    {
        var ask = await VaultAsk.GrantedAsync(network);
        var reply = await ask.SendAsync();

        Assert.Equal(Refusal.Ok, reply.Code);
        Assert.True(VaultEnvelope.TryOpen(ask.Key, ask.Statement.ToByteArray(), reply, out var released));
        var statement = ask.Licence.Held.Credential.Statement;
        var values = released.Attributes.Select(a => AttributeCommitment.VerifyDisclosure(statement.Commitment, statement.AttributeCount, a, out var value) ? value : default).ToList();
        Assert.Equal(["idNumber", "name"], values.Select(v => v.Name));
        Assert.Equal([ChainContent.Attributes["idNumber"], ChainContent.Attributes["name"]], values.Select(v => v.Value));
        Assert.Equal(ask.Licence.Held.Credential.Bytes.ToArray(), reply.Credential.ToByteArray());
        Assert.False(VaultEnvelope.TryOpen(network.VerifierKey(SamplePlan.Shanghai), ask.Statement.ToByteArray(), reply, out _));
    }

    [Fact]
    public async Task Release_is_recorded_with_its_digest_and_proven_in_the_log()
    {
        var ask = await VaultAsk.GrantedAsync(network);
        var reply = await ask.SendAsync();
        var record = ReadReceipt(reply);

        Assert.Equal(AccessDecision.Released, record.Decision);
        Assert.Equal(AccessSide.Vault, record.Side);
        Assert.Equal(ask.Statement.UseId, record.UseId);
        Assert.Equal(["idNumber", "name"], record.Attributes);
        Assert.Equal(VaultEnvelope.Digest(reply).ToArray(), record.ResultDigest.ToByteArray());
        Assert.Equal(network.Content.Holder.HolderTag.ToArray(), record.HolderTag.ToByteArray());
    }

    public static TheoryData<string> Violations => [.. Cases.Keys];

    private static Dictionary<string, (string Code, Func<RunningNetwork, VaultAsk, Task> Change)> Cases { get; } = new(StringComparer.Ordinal)
    {
        ["attribute that the grant does not name"] = (RecognitionCodes.AttributeNotGranted, (_, ask) => Change(() => ask.Statement.Attributes.Insert(0, "address"))),
        ["attribute that the matter may not ask for"] = (RecognitionCodes.OverAsk, (_, ask) => Change(() => ask.Statement.Attributes.Add("sex"))),
        ["another matter of the same region"] = (RecognitionCodes.WrongMatter, (_, ask) => Change(() => ask.Statement.Matter = ChainContent.OtherMatter)),
        ["matter that nobody registered"] = (RecognitionCodes.UnknownMatter, (_, ask) => Change(() => ask.Statement.Matter = "no-such-matter")),
        ["unknown grant"] = (RecognitionCodes.NoGrant, (_, ask) => Change(() => ask.Statement.GrantId = Some(5))),
        ["revoked licence"] = (RecognitionCodes.LicenceRevoked, async (network, ask) => await network.CommitAsync(network.Content.Issuing.Revoke(ask.Licence.Argument.Id, "issued-in-error", network.Soon))),
        ["suspended licence"] = (RecognitionCodes.LicenceSuspended, async (network, ask) => await network.CommitAsync(network.Content.Issuing.Suspend(ask.Licence.Argument.Id, "under-review", network.Soon))),
        ["revoked grant"] = (RecognitionCodes.GrantRevoked, async (network, ask) => await network.CommitAsync(network.Content.Verifying.RevokeGrant(network.Content.Holder.Revoke(network.Directory.Chain, ask.Grant), network.Soon))),
        ["unknown licence"] = (RecognitionCodes.UnknownLicence, (network, ask) => Change(() => ask.Statement.LicenceId = network.Content.Prepare().Argument.Id)),
        ["request from yesterday"] = (VaultCodes.Stale, (_, ask) => Change(() => ask.Statement.TimeMs -= 86_400_000)),
        ["request from tomorrow"] = (VaultCodes.Stale, (_, ask) => Change(() => ask.Statement.TimeMs += 86_400_000)),
        ["another chain"] = (VaultCodes.WrongChain, (_, ask) => Change(() => ask.Statement.ChainId = "another-chain")),
        ["requester that the key is not of"] = (VaultCodes.BadSigner, (network, ask) => Change(() => ask.Statement.Requester = network.Directory.Region(SamplePlan.Shanghai).Bureau.Value)),
        ["key that is no service key"] = (VaultCodes.BadSigner, (network, ask) => Change(() => ask.Key = network.Officer(network.Content.Jiangsu, "verify"))),
        ["key that the chain does not know"] = (VaultCodes.BadSigner, (_, ask) => Change(() => ask.Key = Sm2PrivateKey.Generate())),
        ["officer with a name"] = (VaultCodes.Malformed, (_, ask) => Change(() => ask.Statement.Officer = "张三")),
        ["no attributes"] = (VaultCodes.Malformed, (_, ask) => Change(ask.Statement.Attributes.Clear)),
        ["short nonce"] = (VaultCodes.Malformed, (_, ask) => Change(() => ask.Statement.Nonce = ByteString.CopyFrom(1, 2, 3))),
        ["no use id"] = (VaultCodes.Malformed, (_, ask) => Change(() => ask.Statement.UseId = ByteString.Empty)),
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public async Task Vault_refuses(string violation)
    {
        var ask = await VaultAsk.GrantedAsync(network, uses: 2);
        var (code, change) = Cases[violation];
        await change(network, ask);
        AssertRefused(code, await ask.SendAsync());
    }

    [Fact]
    public async Task Use_that_was_never_consumed_opens_nothing()
    {
        var ask = await VaultAsk.GrantedAsync(network, consume: false);
        AssertRefused(VaultCodes.NoUse, await ask.SendAsync());
    }

    [Fact]
    public async Task Use_of_another_request_does_not_lend_itself()
    {
        var ask = await VaultAsk.GrantedAsync(network, uses: 2);
        ask.Statement.UseId = Some(6);
        AssertRefused(VaultCodes.NoUse, await ask.SendAsync());
    }

    [Fact]
    public async Task Use_of_another_licence_under_the_same_grant_opens_nothing()
    {
        var first = network.Content.Prepare();
        var second = network.Content.Prepare();
        await VaultAsk.DepositAsync(network, first, second);
        await network.CommitAsync(network.Content.Issuing.IssueBatch([first.Argument, second.Argument], network.Soon));
        var grant = await network.Content.GrantAsync(5, first, second);
        var use = Sm3.Hash("another licence"u8);
        await network.Content.ConsumeAsync(grant, use, first);

        var ask = await VaultAsk.GrantedAsync(network);
        ask.Statement.LicenceId = second.Argument.Id;
        ask.Statement.GrantId = ByteString.CopyFrom(grant.Value.Span);
        ask.Statement.UseId = ByteString.CopyFrom(use.Span);
        AssertRefused(VaultCodes.OtherUse, await ask.SendAsync());
    }

    [Fact]
    public async Task Same_request_again_is_refused_and_a_new_one_for_the_same_use_is_not()
    {
        var ask = await VaultAsk.GrantedAsync(network);
        var request = ask.Sign();
        Assert.Equal(Refusal.Ok, (await ask.SendAsync(request)).Code);
        AssertRefused(VaultCodes.Replayed, await ask.SendAsync(request));
        ask.Statement.Nonce = ByteString.CopyFrom([.. Enumerable.Repeat((byte)9, 16)]);
        Assert.Equal(Refusal.Ok, (await ask.SendAsync()).Code);
    }

    [Fact]
    public async Task Changed_statement_has_no_good_signature_and_leaves_no_entry()
    {
        var ask = await VaultAsk.GrantedAsync(network);
        var request = ask.Sign();
        ask.Statement.Attributes.RemoveAt(0);
        request.Statement = ask.Statement.ToByteString();
        var reply = await ask.SendAsync(request);
        AssertRefused(VaultCodes.BadSignature, reply);
        Assert.Null(reply.Receipt);
    }

    [Fact]
    public async Task Licence_whose_data_was_never_deposited_is_not_held()
    {
        var ask = await VaultAsk.GrantedAsync(network, deposit: false);
        AssertRefused(VaultCodes.NotHeld, await ask.SendAsync());
    }

    [Fact]
    public async Task Refusal_is_recorded_without_what_the_requester_made_up()
    {
        var ask = await VaultAsk.GrantedAsync(network);
        ask.Statement.Attributes.Add("zhangSan13800000000");
        var reply = await ask.SendAsync();
        var record = ReadReceipt(reply);

        AssertRefused(RecognitionCodes.OverAsk, reply);
        Assert.Equal(AccessDecision.Refused, record.Decision);
        Assert.Equal(RecognitionCodes.OverAsk, record.Code);
        Assert.Equal(["idNumber", "name"], record.Attributes);
        Assert.True(record.ResultDigest.IsEmpty);
    }

    [Fact]
    public async Task Refusal_is_a_problem_for_a_client_of_json()
    {
        var ask = await VaultAsk.GrantedAsync(network, consume: false);
        using var http = network.Http(0, TokenRoles.Verifier);
        var (status, body) = await http.JsonAsync(HttpMethod.Post, "v1/vault/releases", Rest.Message(ask.Sign()));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, VaultCodes.NoUse), (status, body.Code()));
    }

    [Fact]
    public async Task Release_works_over_grpc_too()
    {
        var ask = await VaultAsk.GrantedAsync(network);
        using var channel = network.Grpc(0);
        var reply = await channel.UnaryAsync("/licencechain.v1.Vault/Release", ask.Sign(), VaultReply.Parser, network.Call(TokenRoles.Service));
        Assert.Equal(Refusal.Ok, reply.Code);
    }

    private static Task Change(Action change)
    {
        change();
        return Task.CompletedTask;
    }

    private static ByteString Some(byte value) => ByteString.CopyFrom([.. Enumerable.Repeat(value, Hash256.Size)]);

    private static void AssertRefused(string code, VaultReply reply)
    {
        Assert.Equal(code, reply.Code);
        Assert.True(reply.Ciphertext.IsEmpty && reply.WrappedKey.IsEmpty && reply.Credential.IsEmpty);
    }

    private static AccessRecord ReadReceipt(VaultReply reply)
    {
        var proof = reply.Receipt.Inclusion;
        var path = proof.Path.Select(p => Hash256.From(p.Span)).ToArray();
        Assert.True(MerkleTree.VerifyInclusion(MerkleTree.LeafHash(reply.Receipt.Record.Span), proof.Index, proof.Size, path, Hash256.From(proof.Root.Span)));
        return AccessRecord.Parser.ParseFrom(reply.Receipt.Record);
    }
}
