using System.Net;
using System.Text;
using Google.Protobuf;
using LicenceChain.Hosting.Tokens;
using LicenceChain.Node.Configuration;
using LicenceChain.Node.Tests.Api;
using LicenceChain.Node.Tests.Configuration;
using LicenceChain.Node.Vault;
using LicenceChain.Protocol.Identifiers;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;
using LicenceChain.Sdk.Issuing;

namespace LicenceChain.Node.Tests.Vault;

[Collection(RunningNetwork.Name)]
public sealed class DepositTests(RunningNetwork network) : IDisposable
{
    private readonly HttpClient _http = network.Http(0, TokenRoles.Issuer);

    [Fact]
    public async Task Same_deposit_again_changes_nothing()
    {
        var licence = network.Content.Prepare();
        await VaultAsk.DepositAsync(network, licence);
        await VaultAsk.DepositAsync(network, licence);
    }

    [Fact]
    public async Task Deposit_may_be_made_anew_until_the_chain_names_its_credential()
    {
        var id = network.Content.Prepare().Held.Licence;
        var issuer = new IssuancePreparer(network.Directory.Chain, SamplePlan.ShanghaiAgency, network.Officer(SamplePlan.ShanghaiAgency, "issue"));
        var application = new LicenceApplication(id, ChainContent.Type, network.Content.Holder.PublicKey, ChainContent.Attributes, new UnixTime(1), new UnixTime(0));
        var first = issuer.Prepare(application);
        var second = issuer.Prepare(application);
        await VaultAsk.DepositAsync(network, first);
        await VaultAsk.DepositAsync(network, second);

        await network.CommitAsync(network.Content.Issuing.Issue(second.Argument, network.Soon));
        await AssertRefusedAsync(VaultCodes.OtherCredential, first.Deposit);
        await VaultAsk.DepositAsync(network, second);
    }

    [Fact]
    public async Task Disclosures_that_the_credential_does_not_commit_to_are_refused()
    {
        var deposit = network.Content.Prepare().Deposit.Clone();
        deposit.Disclosures.RemoveAt(0);
        await AssertRefusedAsync(VaultCodes.OtherCommitment, deposit);
    }

    [Fact]
    public async Task Disclosures_out_of_order_are_malformed()
    {
        var deposit = network.Content.Prepare().Deposit.Clone();
        (deposit.Disclosures[0], deposit.Disclosures[1]) = (deposit.Disclosures[1], deposit.Disclosures[0]);
        await AssertRefusedAsync(VaultCodes.Malformed, deposit);
    }

    [Fact]
    public async Task Issuer_of_another_region_keeps_its_data_in_its_own_vault() =>
        await AssertRefusedAsync(VaultCodes.OtherRegion, Prepare(SamplePlan.JiangsuAgency, SamplePlan.JiangsuAgency, "issue").Deposit);

    [Fact]
    public async Task Key_that_may_not_issue_makes_no_credential() =>
        await AssertRefusedAsync(VaultCodes.BadIssuer, Prepare(SamplePlan.ShanghaiAgency, SamplePlan.ShanghaiAgency, "approve").Deposit);

    [Fact]
    public async Task Key_of_another_agency_makes_no_credential() =>
        await AssertRefusedAsync(VaultCodes.BadIssuer, Prepare(SamplePlan.ShanghaiAgency, SamplePlan.JiangsuAgency, "issue").Deposit);

    [Fact]
    public async Task Credential_for_another_chain_is_refused()
    {
        var id = LicenceId.Mint(ChainContent.TypeCode, SamplePlan.ShanghaiAgency, "OTHERCHAIN", 1);
        var issuer = new IssuancePreparer(ChainId.Parse("another-chain"), SamplePlan.ShanghaiAgency, network.Officer(SamplePlan.ShanghaiAgency, "issue"));
        await AssertRefusedAsync(VaultCodes.WrongChain, issuer.Prepare(new LicenceApplication(id, ChainContent.Type, network.Content.Holder.PublicKey, ChainContent.Attributes, new UnixTime(1), new UnixTime(0))).Deposit);
    }

    [Fact]
    public async Task One_bad_deposit_refuses_the_whole_batch()
    {
        var good = network.Content.Prepare();
        var bad = network.Content.Prepare().Deposit.Clone();
        bad.Disclosures.RemoveAt(0);
        await AssertRefusedAsync(VaultCodes.OtherCommitment, good.Deposit, bad);

        var ask = await VaultAsk.GrantedAsync(network, deposit: false, prepared: good);
        Assert.Equal(VaultCodes.NotHeld, (await ask.SendAsync()).Code);
    }

    [Fact]
    public async Task Batch_of_nothing_is_refused() => await AssertRefusedAsync(VaultCodes.BadBatch);

    [Fact]
    public async Task Body_that_is_no_message_is_a_problem()
    {
        var (status, body) = await _http.JsonAsync(HttpMethod.Post, "v1/vault/deposits", Rest.Bytes([1, 2, 3], Rest.Protobuf));
        Assert.Equal((HttpStatusCode.BadRequest, "LC-API-002"), (status, body.Code()));
        (status, body) = await _http.JsonAsync(HttpMethod.Post, "v1/vault/deposits", Rest.Json("{}"));
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "LC-API-009"), (status, body.Code()));
    }

    [Fact]
    public async Task Neither_disk_nor_log_shows_an_attribute()
    {
        await VaultAsk.DepositAsync(network, network.Content.Prepare());
        var ask = await VaultAsk.GrantedAsync(network);
        var reply = await ask.SendAsync();

        var folder = NodeConfigurationFile.Read(network.Directory.Regions[0].NodeConfigurationPath).DataDirectory;
        // The node holds its lock and its log for itself alone; what the log says of an access stands in the receipt.
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "LOCK" && !f.Contains("vault-log", StringComparison.Ordinal)).ToList();
        Assert.Contains(files, f => Path.GetFileName(f) == "vault.db");
        foreach (var value in ChainContent.Attributes.Values.Where(v => v.Length > 2))
        {
            var needle = Encoding.UTF8.GetBytes(value);
            Assert.All(files, f => Assert.True(ReadShared(f).AsSpan().IndexOf(needle) < 0, f));
            Assert.True(reply.Receipt.Record.Span.IndexOf(needle) < 0);
            Assert.DoesNotContain(network.LogText, line => line.Contains(value, StringComparison.Ordinal));
        }
    }

    public void Dispose() => _http.Dispose();

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray();
    }

    private PreparedLicence Prepare(OrganisationCode issuer, OrganisationCode signer, string label)
    {
        var id = LicenceId.Mint(ChainContent.TypeCode, issuer, "X" + label.ToUpperInvariant(), 1);
        return new IssuancePreparer(network.Directory.Chain, issuer, network.Officer(signer, label))
            .Prepare(new LicenceApplication(id, ChainContent.Type, network.Content.Holder.PublicKey, ChainContent.Attributes, new UnixTime(1), new UnixTime(0)));
    }

    private async Task AssertRefusedAsync(string code, params VaultDeposit[] deposits)
    {
        var batch = new VaultDeposits();
        batch.Deposits.AddRange(deposits);
        var (status, body) = await _http.JsonAsync(HttpMethod.Post, "v1/vault/deposits", Rest.Message(batch));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, code), (status, body.Code()));
        Assert.DoesNotContain(ChainContent.Attributes["name"], body.ToString(), StringComparison.Ordinal);
    }
}
