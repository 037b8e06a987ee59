using LicenceChain.Node.Loop;
using LicenceChain.Node.Tests.BlockProduction;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Tests.Loop;

public sealed class ConsensusInboxTests : IVerificationPool, IAsyncLifetime
{
    private static readonly byte[] Held = [1, 2, 3];

    private readonly TestNetwork _files = TestNetwork.Create();
    private readonly TestChain _test;
    private readonly KeyId _peer;
    private readonly ConsensusInbox _inbox;
    private int _submitted;

    public ConsensusInboxTests()
    {
        _test = new TestChain(_files);
        _peer = _files.Members[1].Consensus.PublicKey.Id;
        _inbox = new ConsensusInbox(_test.Chain, this, (height, message) => height.Value == 1 && message.Span.SequenceEqual(Held));
    }

    [Fact]
    [Trait("Rule", "C-FLOOD")]
    public void C_FLOOD_a_vote_that_is_held_is_not_verified_again()
    {
        _inbox.Receive(_peer, new Height(1), Held.ToArray());
        Assert.Equal(0, _submitted);

        _inbox.Receive(_peer, new Height(1), new byte[] { 1, 2, 4 });
        Assert.Equal(1, _submitted);
    }

    [Fact]
    [Trait("Rule", "C-FLOOD")]
    public void C_FLOOD_of_each_peer_a_bounded_number_is_verified_at_a_time()
    {
        for (var i = 0; i <= ConsensusInbox.MaxInFlight; i++) _inbox.Receive(_peer, new Height(1), new byte[] { 9 });
        Assert.Equal(ConsensusInbox.MaxInFlight, _submitted);

        _inbox.Returned(_peer);
        _inbox.Receive(_peer, new Height(1), new byte[] { 9 });
        Assert.Equal(ConsensusInbox.MaxInFlight + 1, _submitted);
    }

    [Fact]
    [Trait("Rule", "C-FLOOD")]
    public void C_FLOOD_only_the_next_two_heights_are_verified()
    {
        foreach (var height in (ulong[])[0, 3, ulong.MaxValue]) _inbox.Receive(_peer, new Height(height), new byte[] { 9 });
        Assert.Equal(0, _submitted);

        foreach (var height in (ulong[])[1, 2]) _inbox.Receive(_peer, new Height(height), new byte[] { 9 });
        Assert.Equal(2, _submitted);
    }

    void IVerificationPool.Submit(NodeWork work) => _submitted++;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _test.Dispose();
        await _files.DisposeAsync();
    }
}
