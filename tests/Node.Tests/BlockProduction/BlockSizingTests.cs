using LicenceChain.Node.BlockProduction;
using LicenceChain.Node.Loop;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Tests.BlockProduction;

public sealed class BlockSizingTests : INodeClock
{
    private ulong _now = 1_000;

    public UnixTime Now => new(_now);

    [Fact]
    public void Full_blocks_that_execute_fast_double_the_bound()
    {
        var sizing = new BlockSizing(this);

        Execute(sizing, BlockSizing.Initial, tookMs: 10);

        Assert.Equal(2 * BlockSizing.Initial, sizing.Limit);
    }

    [Fact]
    public void A_small_block_says_nothing_of_a_large_one()
    {
        var sizing = new BlockSizing(this);

        Execute(sizing, 1, tookMs: 1);

        Assert.Equal(BlockSizing.Initial, sizing.Limit);
    }

    [Fact]
    public void A_block_that_takes_too_long_makes_the_next_one_as_large_as_fits_the_target()
    {
        var sizing = new BlockSizing(this);

        Execute(sizing, 200, tookMs: 2 * BlockSizing.TargetMs);

        Assert.Equal(100, sizing.Limit);
    }

    [Fact]
    public void However_slow_the_machine_some_transactions_go_in()
    {
        var sizing = new BlockSizing(this);

        for (var i = 0; i < 10; i++) Execute(sizing, sizing.Limit, tookMs: 60_000);

        Assert.Equal(BlockSizing.Least, sizing.Limit);
    }

    private void Execute(BlockSizing sizing, int transactions, ulong tookMs) => sizing.Measure(transactions, () =>
    {
        _now += tookMs;
        return null!;
    });
}
