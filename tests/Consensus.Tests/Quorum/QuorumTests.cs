using LicenceChain.Consensus.Tests.Cluster;

namespace LicenceChain.Consensus.Tests.Quorum;

/// <summary>C-QUORUM: the arithmetic for every n up to the test keys, and its laws for every n that a set may have.</summary>
public sealed class QuorumTests
{
    [Theory]
    [InlineData(4, 1, 3)]
    [InlineData(5, 1, 4)]
    [InlineData(6, 1, 4)]
    [InlineData(7, 2, 5)]
    [InlineData(10, 3, 7)]
    public void F_and_q_are_those_of_the_rule_not_2f_plus_1(int n, int f, int q)
    {
        var set = TestKeys.Set(n);
        Assert.Equal(f, set.FaultBound);
        Assert.Equal(q, set.Quorum);
    }

    [Fact]
    public void Two_quorums_share_a_correct_validator_and_the_correct_ones_make_a_quorum()
    {
        for (var n = 4; n <= TestKeys.Count; n++)
        {
            var set = TestKeys.Set(n);
            Assert.True((2 * set.Quorum) - n > set.FaultBound, $"n = {n}: two quorums may share only faulty validators.");
            Assert.True(set.Quorum <= n - set.FaultBound, $"n = {n}: f silent validators stop the chain.");
        }
    }

    [Fact]
    public void C_CHANGE_three_validators_are_no_set() => Assert.Throws<ArgumentException>(() => TestKeys.Set(3));

    [Fact]
    public void C_PROPOSER_turns_with_height_and_round()
    {
        var set = TestKeys.Set(5);
        for (ulong h = 1; h < 12; h++)
            for (uint r = 0; r < 12; r++)
                Assert.Equal((int)((h + r) % 5), set.ProposerIndex(new(h), new(r)));
    }
}
