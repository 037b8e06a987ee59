using LicenceChain.Node.Snapshots.Joining;
using LicenceChain.Node.Tests.Core;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Tests.Snapshots;

public sealed class WindowBlockTests : IAsyncLifetime
{
    private const ulong Head = 4;

    private readonly TestNetwork _network = SnapshotChain.Files();
    private readonly TemporaryFolder _folder = new();
    private readonly SnapshotChain _chain;

    public WindowBlockTests()
    {
        _chain = new SnapshotChain(_network, _folder);
        _chain.Grow((int)Head);
    }

    [Fact]
    public void It_says_of_a_block_what_taking_it_apart_would()
    {
        for (var height = 0UL; height <= Head; height++)
        {
            var whole = _chain.Block(new Height(height));
            Assert.True(WindowBlock.TryParse(whole.Bytes, out var block));
            Assert.Equal(whole.Block.Header.Digest, block.Header.Digest);
            Assert.Equal(whole.Block.LastCommit?.Hash, block.LastCommit?.Hash);
            Assert.Equal(whole.Block.Transactions.Select(t => t.Id), block.Transactions);
            Assert.Equal(whole.Bytes.ToArray(), block.Under(whole.Certificate).ToArray());
        }
    }

    [Fact]
    public void A_block_with_any_bit_flipped_is_refused_or_another_or_under_another_certificate()
    {
        var sound = _chain.Block(new Height(2));
        for (var at = 0; at < sound.Bytes.Length; at++)
        {
            var changed = sound.Bytes.ToArray();
            changed[at] ^= (byte)(1 << (at % 8));
            if (!WindowBlock.TryParse(changed, out var block) || block.Header.Digest != sound.Block.Header.Digest) continue;
            Assert.Equal(sound.Bytes.ToArray(), block.Under(sound.Certificate).ToArray());
        }
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _chain.Dispose();
        _folder.Dispose();
        await _network.DisposeAsync();
    }
}
