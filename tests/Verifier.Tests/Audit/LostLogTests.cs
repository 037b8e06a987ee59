using LicenceChain.Verifier.Tests.Support;

namespace LicenceChain.Verifier.Tests.Audit;

[Collection(OneNetwork.Name)]
public sealed class LostLogTests(TestNetwork network)
{
    [Fact]
    public async Task A_log_that_lost_what_the_chain_knows_of_stops_the_service()
    {
        var office = network.ThirdOffice;
        var licence = await network.IssueAsync();
        await using (var verifier = await RunningVerifier.StartAsync(network, TestNetwork.Configuration(office)))
            await verifier.VerifyAsync(licence.Ask(office, null)); // stopping anchors it

        var configuration = TestNetwork.Configuration(office);
        await using var application = await VerifierApplication.StartAsync(configuration with { DataDirectory = configuration.DataDirectory + "-lost" }, TimeProvider.System);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await application.WaitForShutdownAsync(limit.Token);
    }
}
