using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Tests.Core;

public sealed class NetworkTests
{
    [Fact]
    public async Task Four_nodes_commit_what_one_of_them_was_given_and_agree_on_the_root()
    {
        await using var network = TestNetwork.Create();
        await network.StartAllAsync();

        var result = await network.SubmitAsync(0, network.Transaction(0, validUntil: 100));

        Assert.Null(result.Refusal);
        Assert.Equal("OK", result.Receipt!.Code);
        var roots = new List<Hash256>();
        for (var i = 0; i < 4; i++)
        {
            await network.ReachAsync(i, result.Height!.Value.Value);
            Assert.True(network[i].Queries.TryGetBlock(result.Height.Value, out var block));
            roots.Add(block.Block.Header.Fields.StateRoot);
        }

        Assert.Single(roots.Distinct());
    }
}
