using LicenceChain.Node.BlockProduction;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Node.Tests.BlockProduction;

public sealed class ReplayWindowTests
{
    private const uint Window = 10;

    [Fact]
    public void An_id_is_remembered_as_long_as_its_transaction_could_still_be_valid()
    {
        var window = new ReplayWindow();
        var ids = Enumerable.Range(0, 40).Select(i => new TransactionId(Sm3.Hash([(byte)i]))).ToArray();
        for (var height = 1UL; height < 40; height++)
        {
            window.Add(ids[height], new Height(height));
            window.Slide(new Height(height), Window);

            // A transaction of block b was valid until b + window at most; the next block is height + 1.
            for (var b = 1UL; b <= height; b++)
                if (b + Window >= height + 1)
                    Assert.True(window.Contains(ids[b]));
            Assert.True(window.Count <= (int)Window + 1);
        }
    }
}
