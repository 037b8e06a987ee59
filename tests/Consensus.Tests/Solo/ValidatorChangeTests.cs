using LicenceChain.Consensus.Inputs;
using LicenceChain.Consensus.Messages;
using LicenceChain.Consensus.Outputs;
using LicenceChain.Consensus.Tests.Cluster;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Consensus.Tests.Solo;

/// <summary>C-CHANGE: a set committed in h decides h+1, from its first vote on.</summary>
public sealed class ValidatorChangeTests
{
    [Fact]
    public void C_CHANGE_a_fifth_validator_counts_from_the_height_above()
    {
        var solo = new SoloValidator();
        var five = TestKeys.Set(5);
        var first = TestBlocks.Above(solo.Genesis, solo.Set, default, solo.Now, 1, next: five);
        solo.Feed(new HeightDecided(solo.Now, first.Header, five));
        var forge = new Forge(five, new Height(2));
        var certificate = Protocol.Blocks.CommitCertificate.Of(new Height(1), default, first.Header.Digest, []);
        var second = TestBlocks.Above(first.Header, five, default, solo.Now.Plus(1), 2, certificate);
        Receive(solo, five, forge.Proposal(second, 0), forge.Prepare(4, 0, second), forge.Prepare(1, 0, second));
        Assert.Empty(solo.Votes(VoteType.Commit));
        Receive(solo, five, forge.Prepare(2, 0, second));
        Assert.Single(solo.Votes(VoteType.Commit));
    }

    [Fact]
    public void C_CHANGE_votes_for_the_next_height_verified_against_a_set_that_is_replaced_do_not_count()
    {
        var solo = new SoloValidator();
        var next = new Forge(solo.Set, new Height(2));
        solo.Receive(next.RoundChange(1, 3), next.RoundChange(2, 3));
        var five = TestKeys.Set(5);
        solo.Feed(new HeightDecided(solo.Now, TestBlocks.Above(solo.Genesis, solo.Set, default, solo.Now, 1, next: five).Header, five));
        Assert.Equal(0u, solo.Machine.Round.Value);
    }

    [Fact]
    public void Votes_for_the_next_height_of_the_same_set_are_kept()
    {
        var solo = new SoloValidator();
        var next = new Forge(solo.Set, new Height(2));
        solo.Receive(next.RoundChange(1, 3));
        solo.Feed(new HeightDecided(solo.Now, solo.Block().Header, solo.Set));
        Assert.Equal(0u, solo.Machine.Round.Value);
        solo.Receive(next.RoundChange(2, 3));
        Assert.Equal(3u, solo.Machine.Round.Value);
    }

    [Fact]
    public void C_CHANGE_a_removed_validator_goes_on_as_an_observer()
    {
        var solo = new SoloValidator(n: 5, seat: 0);
        var rest = TestKeys.Set([1, 2, 3, 4]);
        solo.Feed(new HeightDecided(solo.Now, TestBlocks.Above(solo.Genesis, solo.Set, default, solo.Now, 1, next: rest).Header, rest));
        solo.Forget();
        solo.Feed(new WorkAvailable(solo.Now));
        Assert.Empty(solo.Outputs);
        Assert.Null(solo.Machine.Abstains);
    }

    [Fact]
    public void C_CHANGE_a_set_that_the_head_does_not_name_stops_the_node()
    {
        var solo = new SoloValidator();
        Assert.Throws<InvalidOperationException>(() => solo.Feed(new HeightDecided(solo.Now, solo.Block().Header, TestKeys.Set(5))));
    }

    [Fact]
    public void A_height_that_is_already_known_is_not_begun_again()
    {
        var solo = new SoloValidator();
        solo.Feed(new HeightDecided(solo.Now, solo.Genesis, solo.Set));
        Assert.Equal(1ul, solo.Machine.Height.Value);
    }

    [Fact]
    public void Started_is_the_first_input_and_comes_once()
    {
        var solo = new SoloValidator(start: false);
        Assert.Throws<InvalidOperationException>(() => solo.Feed(new WorkAvailable(solo.Now)));
        solo.Feed(new Started(solo.Now));
        Assert.Throws<InvalidOperationException>(() => solo.Feed(new Started(solo.Now)));
        Assert.Single(solo.Outputs.OfType<ArmTimer>());
    }

    private static void Receive(SoloValidator solo, Protocol.Blocks.ValidatorSet set, params IEnumerable<byte[]> messages)
    {
        foreach (var bytes in messages)
        {
            Assert.True(MessageVerifier.TryVerify(bytes, TestKeys.Chain, solo.Machine.Height, set, out var message, out var reason), reason);
            solo.Feed(new MessageReceived(solo.Now, message));
        }
    }
}
