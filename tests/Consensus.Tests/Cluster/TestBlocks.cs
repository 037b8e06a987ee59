using LicenceChain.Protocol.Blocks;
using LicenceChain.Protocol.Cryptography;
using LicenceChain.Protocol.Primitives;

namespace LicenceChain.Consensus.Tests.Cluster;

/// <summary>Blocks without transactions; the salt stands for what they would do to the state.</summary>
internal static class TestBlocks
{
    public static readonly UnixTime GenesisTime = new(1_700_000_000_000);

    public static BlockHeader Genesis(ValidatorSet set) => BlockHeader.Of(new HeaderFields(
        TestKeys.Chain, new Height(0), Sm3.Hash("genesis"u8), GenesisTime, Hash256.Zero, Sm3.Hash([]), Sm3.Hash([]), Sm3.Hash([]), set.Hash, set.Hash, Hash256.Zero));

    public static Block Above(BlockHeader head, ValidatorSet set, Round round, UnixTime time, ulong salt, CommitCertificate? last = null, ValidatorSet? next = null)
    {
        var height = head.Height.Next;
        var proposer = set.Validators[set.ProposerIndex(height, round)].Key.Id.Value;
        return Block.Of(
            BlockHeader.Of(new HeaderFields(
                TestKeys.Chain, height, head.Digest, time, proposer, Block.TransactionRoot([]), Sm3.Hash(BitConverter.GetBytes(salt)), Block.ReceiptRoot([]),
                set.Hash, (next ?? set).Hash, last?.Hash ?? Hash256.Zero)),
            [],
            last);
    }
}
