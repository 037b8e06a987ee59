using Google.Protobuf;
using LicenceChain.Node.Loop;
using LicenceChain.Node.Sync;
using LicenceChain.Protocol.Primitives;
using LicenceChain.Protocol.Proto;

namespace LicenceChain.Simulation.Network.Scripts;

[Trait("Rule", "C-SYNC")]
public sealed class VerifyBlocksTests
{
    private const int Blocks = 4;

    private readonly ScriptedNetwork _script = new();
    private readonly List<ReadOnlyMemory<byte>> _blocks = [];

    public VerifyBlocksTests()
    {
        _script.CommitMany(0, Blocks);
        for (var height = 1UL; height <= Blocks; height++) _blocks.Add(_script.Network.Block(0, height).Bytes);
    }

    [Fact]
    public void Certified_blocks_in_order_hold()
    {
        var answer = Verify(_blocks, first: 1);

        Assert.True(answer.AllHold);
        Assert.Equal(Blocks, answer.Blocks.Count);
    }

    [Fact]
    public void Blocks_that_were_decided_here_since_they_were_asked_for_are_passed_over()
    {
        var answer = Verify(_blocks, first: 3);

        Assert.True(answer.AllHold);
        Assert.Equal([3UL, 4UL], answer.Blocks.Select(b => b.Block.Header.Height.Value));
    }

    [Fact]
    public void A_gap_is_refused()
    {
        Assert.False(Verify([_blocks[0], _blocks[2]], first: 1).AllHold);
    }

    [Fact]
    public void A_block_under_another_blocks_signatures_is_refused()
    {
        var forged = CommittedBlockMessage.Parser.ParseFrom(_blocks[1].Span);
        var certificate = CommitCertificateMessage.Parser.ParseFrom(forged.Certificate);
        var other = CommitCertificateMessage.Parser.ParseFrom(CommittedBlockMessage.Parser.ParseFrom(_blocks[2].Span).Certificate);
        for (var i = 0; i < certificate.Signatures.Count && i < other.Signatures.Count; i++) certificate.Signatures[i].Signature = other.Signatures[i].Signature;
        forged.Certificate = certificate.ToByteString();

        var answer = Verify([_blocks[0], forged.ToByteArray(), _blocks[2]], first: 1);

        Assert.False(answer.AllHold);
        Assert.Single(answer.Blocks);
    }

    [Fact]
    public void Bytes_that_are_no_block_are_refused()
    {
        Assert.False(Verify([new byte[] { 1, 2, 3 }], first: 1).AllHold);
    }

    private NodeEvent.BlocksVerified Verify(List<ReadOnlyMemory<byte>> blocks, ulong first) =>
        (NodeEvent.BlocksVerified)new VerifyBlocks(_script.Network.Machines[0].Key, blocks, ChainId.Parse(SimulatedCast.ChainName), new Height(first), _script.Network.Validators).Run();
}
