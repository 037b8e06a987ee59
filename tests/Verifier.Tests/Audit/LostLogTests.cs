using LicenceChain.Hosting.AccessLog;
using LicenceChain.Protocol.Proto;
using LicenceChain.Verifier.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

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

        await StopsByItselfAsync(office, "-lost");
    }

    [Fact]
    public async Task A_log_with_other_entries_than_the_chain_knows_of_stops_the_service()
    {
        var office = network.ThirdOffice;
        var licence = await network.IssueAsync();
        await using (var verifier = await RunningVerifier.StartAsync(network, TestNetwork.Configuration(office)))
            await verifier.VerifyAsync(licence.Ask(office, null));

        var configuration = TestNetwork.Configuration(office);
        ulong entries;
        await using (var known = Open(configuration.DataDirectory)) entries = known.Size;
        await using (var other = Open(configuration.DataDirectory + "-other"))
            while (other.Size <= entries) await other.AppendAsync(new AccessRecord { LicenceId = "made up" }, CancellationToken.None);
        await StopsByItselfAsync(office, "-other");

        IndexedAccessLog Open(string data) =>
            IndexedAccessLog.Open(new DiskLogFiles(Path.Combine(data, "access-log")), $"{configuration.Organisation}/verifier", NullLogger<IndexedAccessLog>.Instance);
    }

    private static async Task StopsByItselfAsync(TestOffice office, string folder)
    {
        var configuration = TestNetwork.Configuration(office);
        await using var application = await VerifierApplication.StartAsync(configuration with { DataDirectory = configuration.DataDirectory + folder }, TimeProvider.System);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await application.WaitForShutdownAsync(limit.Token); // the limit, too, ends it without an exception
        Assert.False(limit.IsCancellationRequested, "The service went on.");
    }
}
