using LicenceChain.Node.Snapshots;
using LicenceChain.Protocol.State;

namespace LicenceChain.Node.Tests.Snapshots;

public sealed class RowChunkTests
{
    // Found by a join after governance had adopted the only open proposal: the list of open proposals was empty, and so was its encoding.
    [Fact]
    public void A_record_that_encodes_to_no_bytes_is_carried_like_any_other()
    {
        (byte[] Key, byte[] Value)[] rows = [(StateKeys.OpenProposals.ToArray(), []), (StateKeys.Validators.ToArray(), [1])];
        var chunk = Assert.Single(RowChunk.Pack(rows.OrderBy(row => Convert.ToHexString(row.Key), StringComparer.Ordinal)));

        Assert.True(RowChunk.TryParse(chunk, out var read));
        Assert.Equal(0, read.Single(row => row.Key == StateKeys.OpenProposals).Value!.Value.Length);
    }
}
