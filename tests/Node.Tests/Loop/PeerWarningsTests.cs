using LicenceChain.Node.Loop;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Tests.Loop;

public sealed class PeerWarningsTests
{
    private static readonly KeyId Peer = new(Sm3.Hash("peer"u8));

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Peer_that_sends_nonsense_fills_no_disk_and_is_heard_again_at_the_next_height(ulong head)
    {
        var warnings = new PeerWarnings();
        Assert.Equal(PeerWarnings.MaxPerHeight, Enumerable.Range(0, 1_000).Count(_ => warnings.TryTake(Peer, new Height(head))));
        Assert.True(warnings.TryTake(Peer, new Height(head + 1)));
    }

    [Fact]
    public void Another_peer_is_not_silenced_with_it()
    {
        var warnings = new PeerWarnings();
        for (var i = 0; i < 100; i++) warnings.TryTake(Peer, new Height(1));
        Assert.True(warnings.TryTake(new KeyId(Sm3.Hash("other"u8)), new Height(1)));
    }
}
