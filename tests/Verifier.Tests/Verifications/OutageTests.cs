using LicenceChain.Contracts.Recognition;
using LicenceChain.Verifier.Configuration;
using LicenceChain.Verifier.Tests.Support;

namespace LicenceChain.Verifier.Tests.Verifications;

[Collection(OneNetwork.Name)]
public sealed class OutageTests(TestNetwork network)
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:1/");

    [Fact]
    public async Task While_its_own_node_is_down_it_asks_the_others()
    {
        await using var verifier = await RunningVerifier.StartAsync(network, Without(TestNetwork.Jiangsu));
        var licence = await network.IssueAsync();
        var reply = await verifier.VerifyAsync(licence.Ask(network.OtherOffice, await licence.GrantAsync(office: network.OtherOffice)));
        Assert.Equal(("recognised", RecognitionCodes.Recognised), (reply.Decision.Outcome, reply.Decision.Code));
    }

    [Fact]
    public async Task While_the_issuers_vault_is_down_the_decision_is_undetermined_and_logged()
    {
        await using var verifier = await RunningVerifier.StartAsync(network, Without(TestNetwork.Shanghai));
        var licence = await network.IssueAsync();
        var before = await verifier.CheckpointAsync();
        var reply = await verifier.VerifyAsync(licence.Ask(network.OtherOffice, await licence.GrantAsync(office: network.OtherOffice)));
        Assert.Equal(("undetermined", VerifierCodes.VaultUnavailable), (reply.Decision.Outcome, reply.Decision.Code));
        Assert.Equal(before.Size, reply.Log.Index);
    }

    [Fact]
    public async Task While_no_node_answers_nothing_is_decided_and_it_is_not_ready()
    {
        var configuration = TestNetwork.Configuration(network.OtherOffice);
        configuration = configuration with { Nodes = [.. configuration.Nodes.Select(n => n with { Rest = Nowhere })] };
        await using var verifier = await RunningVerifier.StartAsync(network, configuration);
        var licence = await network.IssueAsync();
        var reply = await verifier.VerifyAsync(licence.Ask(network.OtherOffice, null));
        Assert.Equal(("undetermined", RecognitionCodes.FactsUnavailable), (reply.Decision.Outcome, reply.Decision.Code));
        using var ready = await verifier.Http.GetAsync("health/ready");
        Assert.Equal(503, (int)ready.StatusCode);
    }

    [Fact]
    public async Task What_the_chain_said_too_long_ago_decides_nothing()
    {
        var clock = new ShiftedClock();
        await using var verifier = await RunningVerifier.StartAsync(network, TestNetwork.Configuration(network.OtherOffice), clock);
        var licence = await network.IssueAsync();
        await verifier.VerifyAsync(licence.Ask(network.OtherOffice, null)); // while its token for the nodes is still good
        clock.Shift = TimeSpan.FromMinutes(4);
        var reply = await verifier.VerifyAsync(licence.Ask(network.OtherOffice, null));
        Assert.Equal(("undetermined", RecognitionCodes.FactsStale), (reply.Decision.Outcome, reply.Decision.Code));
    }

    private VerifierConfiguration Without(Protocol.Primitives.RegionCode region)
    {
        var configuration = TestNetwork.Configuration(network.OtherOffice);
        return configuration with { Nodes = [.. configuration.Nodes.Select(n => n.Region == region ? n with { Rest = Nowhere } : n)] };
    }
}
