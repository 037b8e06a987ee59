using LicenceChain.Node.Tests.Core;
using LicenceChain.Node.Tests.Snapshots;
using LicenceChain.Protocol.Proofs;
using LicenceChain.Protocol.Proto;
using LicenceChain.Protocol.State;
using LicenceChain.Protocol.Transactions;

namespace LicenceChain.Node.Tests.Upgrades;

/// <summary>Who does not execute the height of an upgrade: a node that joins above it by a snapshot, and whoever follows headers.</summary>
public sealed class JoinAcrossUpgradeTests : IAsyncLifetime
{
    // From the first vote on; the chain of these tests adds a block a second.
    private const ulong Lead = 55;

    private readonly TestNetwork _network = SnapshotChain.Files();
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_node_that_joins_above_the_height_knows_the_version_and_goes_on_to_the_same_roots()
    {
        using var chain = new SnapshotChain(_network, _folder);
        Upgrade(chain);
        Assert.Equal("", chain.Install(chain.MakeSnapshot(), _folder.File("joined")));
        using var joined = new InstalledChain(_folder.File("joined"), chain);
        Assert.False(joined.Blocks.TryRead(new(1), out _));
        Assert.Equal(2u, joined.Chain.Version);

        // The new rule, over rows that were not made here.
        var governance = new Governance(_network, SnapshotChain.Window);
        var renewal = new ProposalDocument { Title = "Renew", ExpiresHeight = chain.Chain.Height.Value + 9, Changes = { governance.Governs(3, chain.Chain.Head.Header.Time.Plus(1_000_000).Milliseconds) } };
        SignedTransaction[] votes = [governance.Propose(chain.Chain.Height.Value, 3, renewal), governance.Approve(chain.Chain.Height.Value, 0, renewal), governance.Approve(chain.Chain.Height.Value, 1, renewal)];
        var time = chain.Chain.Head.Header.Time.Plus(1000);
        var (here, there) = (chain.Chain.Execute(time, votes), joined.Chain.Execute(time, votes));
        Assert.All(here.Outcome.Receipts, receipt => Assert.Equal("", receipt.Detail));
        Assert.Equal((here.StateRoot, here.ReceiptRoot), (there.StateRoot, there.ReceiptRoot));
    }

    [Fact]
    public void A_header_on_either_side_of_the_height_is_proven_from_the_genesis_anchor_alone()
    {
        using var chain = new SnapshotChain(_network, _folder);
        var activation = Upgrade(chain);
        foreach (var height in (ulong[])[activation - 1, activation, activation + 1])
        {
            var block = chain.Block(new(height));
            Assert.True(HeaderCheck.IsCertified(chain.Anchor, block.Block.Header, block.Certificate!));
            Assert.False(HeaderCheck.IsCertified(chain.Anchor, block.Block.Header, chain.Block(new(height - 1)).Certificate!));
        }
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _network.DisposeAsync();
        _folder.Dispose();
    }

    // Votes version 2 in, lets member 3's governing key expire, and goes on above the height.
    private ulong Upgrade(SnapshotChain chain)
    {
        var governance = new Governance(_network, SnapshotChain.Window);
        var activation = chain.Chain.Height.Value + Lead;
        foreach (var vote in governance.Votes(0, [0, 1, 2], Governance.Upgrade(activation), governance.Governs(3, chain.Chain.Head.Header.Time.Plus(10_000).Milliseconds))) chain.Add(vote);
        Assert.True(chain.Chain.State.TryGet(StateKeys.Upgrade, out _));
        while (chain.Chain.Height.Value < activation + 12) chain.Grow(1);
        return activation;
    }
}
