using Google.Protobuf;
using LicenceChain.Node.Vault;
using LicenceChain.Protocol.Proto;
using LicenceChain.Verifier.Api;
using LicenceChain.Verifier.Tests.Support;

namespace LicenceChain.Verifier.Tests.Verifications;

[Collection(OneNetwork.Name)]
public sealed class FaultyNodeTests(TestNetwork network)
{
    [Fact]
    public async Task An_envelope_that_was_changed_is_not_opened() =>
        Expect("undetermined", VerifierCodes.FalseRelease, await ReleasedByAsync(reply => reply.Ciphertext = Flip(reply.Ciphertext)));

    [Fact]
    public async Task Another_credential_than_the_one_on_chain_is_not_taken_from_a_vault() =>
        Expect("undetermined", VerifierCodes.FalseRelease, await ReleasedByAsync(reply => reply.Credential = Flip(reply.Credential)));

    [Fact]
    public async Task A_vaults_refusal_is_the_decision_with_its_code() =>
        Expect("refused", "LC-VLT-010", await ReleasedByAsync(reply => (reply.Code, reply.Detail) = ("LC-VLT-010", "not held")));

    [Theory]
    [InlineData(VaultCodes.Behind)]
    [InlineData(VaultCodes.Unreadable)]
    [InlineData(VaultCodes.LogLost)]
    public async Task A_vault_that_could_not_judge_leaves_it_undetermined_with_its_code(string code) =>
        Expect("undetermined", code, await ReleasedByAsync(reply => (reply.Code, reply.Detail) = (code, "not now")));

    [Fact]
    public async Task A_code_that_has_not_the_form_of_one_goes_no_further() =>
        Expect("refused", VerifierCodes.FalseRelease, await ReleasedByAsync(reply => reply.Code = "高娟然"));

    [Fact]
    public async Task Where_it_cannot_be_known_whether_a_use_was_consumed_nothing_is_released()
    {
        var licence = await network.IssueAsync();
        var body = licence.Ask(network.OtherOffice, await licence.GrantAsync(office: network.OtherOffice));
        var nodes = await Task.WhenAll(network.Network.Regions.Select(r => FaultyNode.RefusingTransactionsAsync(r.NodeRest)));
        try
        {
            var configuration = TestNetwork.Configuration(network.OtherOffice);
            var regions = network.Network.Regions.Select(r => r.Code).ToList();
            await using var verifier = await RunningVerifier.StartAsync(
                network, configuration with { Nodes = [.. configuration.Nodes.Select(n => n with { Rest = nodes[regions.IndexOf(n.Region)].Address })] });
            Expect("undetermined", VerifierCodes.ConsumptionUnknown, await verifier.VerifyAsync(body));
        }
        finally
        {
            foreach (var node in nodes) await node.DisposeAsync();
        }
    }

    private async Task<VerificationReply> ReleasedByAsync(Action<VaultReply> spoil)
    {
        var licence = await network.IssueAsync();
        var body = licence.Ask(network.OtherOffice, await licence.GrantAsync(office: network.OtherOffice));
        await using var shanghai = await FaultyNode.SpoilingReleasesAsync(network.Network.Region(TestNetwork.Shanghai).NodeRest, spoil);
        var configuration = TestNetwork.Configuration(network.OtherOffice);
        await using var verifier = await RunningVerifier.StartAsync(
            network, configuration with { Nodes = [.. configuration.Nodes.Select(n => n.Region == TestNetwork.Shanghai ? n with { Rest = shanghai.Address } : n)] });
        return await verifier.VerifyAsync(body);
    }

    private static ByteString Flip(ByteString bytes)
    {
        var changed = bytes.ToByteArray();
        changed[^1] ^= 1;
        return ByteString.CopyFrom(changed);
    }

    private static void Expect(string outcome, string code, VerificationReply reply)
    {
        Assert.Equal((outcome, code), (reply.Decision.Outcome, reply.Decision.Code));
        Assert.Empty(reply.Attributes);
    }
}
