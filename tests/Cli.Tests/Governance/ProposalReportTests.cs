using LicenceChain.Cli.Governance;
using LicenceChain.Cli.Tests.Commands;
using LicenceChain.Node.Configuration;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Cli.Tests.Governance;

public sealed class ProposalReportTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_change_of_the_set_is_shown_with_the_threshold_of_the_set_that_voted()
    {
        var directory = NetworkDirectory.Open(_folder.File("net"));
        var voting = new ValidatorSetMessage { Validators = { directory.Regions.Select(region => new ValidatorMessage { Member = region.Bureau.Value }) } };
        var record = new ProposalRecord
        {
            Document = new ProposalDocument { Title = "Add", ExpiresHeight = 100 }, Status = ProposalStatus.Adopted, AdoptedHeight = 7,
            Approvals = { directory.Regions.Take(3).Select(region => region.Bureau.Value) },
        };

        var known = ProposalReport.Of(default(Hash256), record, voting, 9, directory);
        var later = ProposalReport.Of(default(Hash256), record, null, 9, directory);

        Assert.Equal((3, 3), (known.Counted, known.Needed));
        Assert.Equal((3, null), (later.Counted, later.Needed)); // the set may have changed since: no number rather than a wrong one
    }

    public Task InitializeAsync() => CommandRun.OfAsync("network", "init", "--out", _folder.File("net"));

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }
}
